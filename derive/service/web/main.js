// The page: what is typed is echoed as it is read, the derivation is shown, drawn and shared.

import { ask, complain, complaint, element, later, markup, pageOf, reachable, readAs, statement } from "./api.js";
import { draw, forget } from "./plot.js";
import { startPractice } from "./practice.js";
import { language, say, speak, steps } from "./say.js";

const at = (id) => document.getElementById(id);
let turn = 0;
let shown = null;
let asked = null; // what was asked for what is shown: it is what is copied, whatever stands in the field by now

const echo = (field, place) => later(180, async () => {
  const text = field.value.trim();
  if (!text) { place.replaceChildren(); return; }
  try {
    const found = await readAs(text, language());
    if (field.value.trim() !== text) return;
    const line = element("p", {}, `${say("read-as")} `, ...statement(found, text));
    place.replaceChildren(line, ...found.interpretation.map((note) => element("p", { class: "quiet" }, note.explanation)));
    field.removeAttribute("aria-invalid");
  } catch (problem) {
    if (field.value.trim() !== text) return;
    complain(place, problem);
    field.setAttribute("aria-invalid", "true");
  }
});

function wanted() {
  return {
    problem: at("problem").value.trim(), detail: at("detail").value, language: language(), method: at("method").value,
    include: ["html"],
  };
}

// What was asked for by hand is a new place in the browser's history; what only follows from a setting is none.
async function derive(focus = true) {
  const request = wanted();
  const mine = ++turn;
  if (!request.problem) { clear(); if (focus) at("problem").focus(); return; }
  at("status").textContent = say("working");
  at("out").setAttribute("aria-busy", "true");
  visited(link(request), focus);
  try {
    const found = await ask("derivations", request);
    if (mine !== turn) return;
    shown = found;
    asked = request;
    document.title = `${request.problem} – derive`;
    at("out").replaceChildren(...pageOf(found));
    at("ways").replaceChildren();
    at("tools").hidden = false;
    at("status").textContent = steps(found.outline.length);
    if (focus) at("out").focus({ preventScroll: true });
    illustrate(request.problem, mine);
  } catch (problem) {
    if (mine !== turn) return;
    const unread = problem.status === 400; // that is said under the field, where it is typed
    clear();
    if (!unread) at("out").append(complaint(problem));
    if (unread) complain(at("echo"), problem);
    if (unread && focus) at("problem").focus();
  } finally {
    if (mine === turn) at("out").removeAttribute("aria-busy");
  }
}

function clear() {
  at("out").replaceChildren();
  at("out").removeAttribute("aria-busy");
  at("ways").replaceChildren();
  at("status").textContent = "";
  at("tools").hidden = at("drawing").hidden = at("dependence").hidden = true;
}

function visited(path, fresh = true) {
  const here = location.pathname + location.search + location.hash;
  if (path !== here) history[fresh ? "pushState" : "replaceState"](null, "", path);
}

// The same by other methods that apply, each to be opened.
async function otherWays() {
  const mine = turn;
  at("status").textContent = say("working");
  try {
    const found = await ask("derivations", { ...asked, alternatives: true });
    if (mine !== turn) return;
    const ways = found.alternatives ?? [];
    at("status").textContent = ways.length ? "" : say("no-other");
    at("ways").replaceChildren(...ways.map((way) => element(
      "details", {}, element("summary", {}, `${say(`way-${way.method}`, way.method)}: ${steps(way.outline.length)}`), ...pageOf(way).filter((node) => node.nodeName !== "H1"),
    )));
  } catch (problem) {
    if (mine !== turn) return;
    at("status").textContent = "";
    at("ways").replaceChildren(complaint(problem));
  }
}

async function illustrate(problem, mine) {
  at("drawing").hidden = at("dependence").hidden = true;
  forget();
  try {
    const data = await ask("plot", { problem, optional: true });
    if (mine !== turn || data.kind === "none") throw null;
    at("drawing").hidden = false;
    draw(at("plot"), at("slider"), at("reading"), data);
  } catch { /* what has no drawing has none */ }
  if (!/where|chain/.test(problem)) return;
  try {
    const { svg } = await ask("graph", { problem });
    if (mine !== turn) return;
    at("dependence").hidden = false;
    at("graph").replaceChildren(markup(svg));
  } catch { /* same */ }
}

function link(request) {
  const query = new URLSearchParams({ q: request.problem });
  if (request.detail !== "standard") query.set("detail", request.detail);
  if (request.method !== "rules") query.set("method", request.method);
  if (request.language !== "en") query.set("lang", request.language);
  return `${location.pathname}?${query}${location.hash}`;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    at("status").textContent = say("copied");
  } catch {
    at("status").textContent = text;
  }
}

async function copyAs(format) {
  try {
    const found = await ask("derivations", { ...asked, include: [format] });
    await copy(found.rendered[format]);
  } catch (problem) {
    at("status").replaceChildren(complaint(problem));
  }
}

const TABS = ["derive", "practice"];

function open(name) {
  for (const one of TABS) {
    const chosen = one === name;
    at(`tab-${one}`).setAttribute("aria-selected", String(chosen));
    at(`tab-${one}`).tabIndex = chosen ? 0 : -1;
    at(`panel-${one}`).hidden = !chosen;
  }
  if (name === "practice") startPractice();
}

function tabs() {
  const go = (name) => {
    open(name);
    visited(location.pathname + location.search + (name === "practice" ? "#practice" : ""));
  };
  for (const [k, name] of TABS.entries()) {
    at(`tab-${name}`).addEventListener("click", () => go(name));
    at(`tab-${name}`).addEventListener("keydown", (event) => {
      if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
      go(TABS[1 - k]);
      at(`tab-${TABS[1 - k]}`).focus();
    });
  }
}

// The page as its address says, when it is opened and when the browser goes back or forward.
function arrive() {
  const query = new URLSearchParams(location.search);
  speak(query.get("lang") ?? (navigator.language.startsWith("ko") ? "ko" : "en"));
  at("language").value = language();
  at("problem").value = query.get("q") ?? "";
  at("detail").value = ["brief", "full"].includes(query.get("detail")) ? query.get("detail") : "standard";
  at("method").value = query.get("method") === "definition" ? "definition" : "rules";
  open(location.hash === "#practice" ? "practice" : "derive");
  at("echo").replaceChildren();
  at("problem").removeAttribute("aria-invalid");
  read();
  derive(false);
}

const read = echo(at("problem"), at("echo"));

function start() {
  at("problem").addEventListener("input", read);
  at("ask").addEventListener("submit", (event) => { event.preventDefault(); derive(); });
  for (const id of ["detail", "method"]) at(id).addEventListener("change", () => derive(false));
  at("language").addEventListener("change", () => {
    speak(at("language").value);
    document.dispatchEvent(new Event("language"));
    read();
    derive(false);
  });
  for (const example of document.querySelectorAll(".example")) {
    example.addEventListener("click", () => { at("problem").value = example.textContent; read(); derive(); });
  }
  at("copy-latex").addEventListener("click", () => copyAs("latex"));
  at("copy-markdown").addEventListener("click", () => copyAs("markdown"));
  at("copy-json").addEventListener("click", () => {
    const { rendered: _, ...data } = shown;
    copy(JSON.stringify(data, null, 1));
  });
  at("others").addEventListener("click", otherWays);
  at("share").addEventListener("click", () => copy(location.href));
  for (const id of ["out", "ways", "worked"]) reachable(at(id));
  tabs();
  addEventListener("popstate", arrive);
  arrive();
}

start();
