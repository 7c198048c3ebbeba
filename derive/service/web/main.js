// The page: what is typed is echoed as it is read, the derivation is shown, drawn and shared.

import { ask, complaint, element, later, markup, pageOf, readAs } from "./api.js";
import { draw, forget } from "./plot.js";
import { startPractice } from "./practice.js";
import { language, say, speak, steps } from "./say.js";

const at = (id) => document.getElementById(id);
let turn = 0;
let shown = null;

const echo = (field, place) => later(180, async () => {
  const text = field.value.trim();
  if (!text) { place.replaceChildren(); return; }
  try {
    const found = await readAs(text, language());
    if (field.value.trim() !== text) return;
    const line = element("p", {}, `${say("read-as")} `, markup(found.expression.mathml));
    place.replaceChildren(line, ...found.interpretation.map((note) => element("p", { class: "quiet" }, note.explanation)));
    field.removeAttribute("aria-invalid");
  } catch (problem) {
    if (field.value.trim() !== text) return;
    place.replaceChildren(complaint(problem));
    field.setAttribute("aria-invalid", "true");
  }
});

function wanted() {
  return {
    problem: at("problem").value.trim(), detail: at("detail").value, language: language(), method: at("method").value,
    include: ["html"],
  };
}

async function derive(focus = true) {
  const request = wanted();
  if (!request.problem) return;
  const mine = ++turn;
  at("status").textContent = say("working");
  history.replaceState(null, "", link(request));
  try {
    const found = await ask("derivations", request);
    if (mine !== turn) return;
    shown = found;
    at("out").replaceChildren(...pageOf(found));
    at("ways").replaceChildren();
    at("tools").hidden = false;
    at("status").textContent = steps(found.outline.length);
    if (focus) at("out").focus({ preventScroll: true });
    illustrate(request.problem, mine);
  } catch (problem) {
    if (mine !== turn) return;
    const unread = problem.status === 400; // that is said under the field, where it is typed
    at("out").replaceChildren(...(unread ? [] : [complaint(problem)]));
    if (unread) at("echo").replaceChildren(complaint(problem));
    at("ways").replaceChildren();
    at("status").textContent = "";
    at("tools").hidden = at("drawing").hidden = at("dependence").hidden = true;
  }
}

// The same by other methods that apply, each to be opened.
async function otherWays() {
  at("status").textContent = say("working");
  try {
    const found = await ask("derivations", { ...wanted(), alternatives: true });
    const ways = found.alternatives ?? [];
    at("status").textContent = ways.length ? "" : say("no-other");
    at("ways").replaceChildren(...ways.map((way) => element(
      "details", {}, element("summary", {}, `${say(`way-${way.method}`, way.method)}: ${steps(way.outline.length)}`), ...pageOf(way).filter((node) => node.nodeName !== "H1"),
    )));
  } catch (problem) {
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
  return `${location.pathname}?${query}`;
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
  const found = await ask("derivations", { ...wanted(), include: [format] });
  await copy(found.rendered[format]);
}

function tabs() {
  const both = ["derive", "practice"];
  const open = (name, focus) => {
    for (const one of both) {
      const chosen = one === name;
      at(`tab-${one}`).setAttribute("aria-selected", String(chosen));
      at(`tab-${one}`).tabIndex = chosen ? 0 : -1;
      at(`panel-${one}`).hidden = !chosen;
    }
    if (focus) at(`tab-${name}`).focus();
    if (name === "practice") startPractice();
  };
  for (const [k, name] of both.entries()) {
    at(`tab-${name}`).addEventListener("click", () => open(name, false));
    at(`tab-${name}`).addEventListener("keydown", (event) => {
      if (event.key === "ArrowRight" || event.key === "ArrowLeft") open(both[1 - k], true);
    });
  }
}

function start() {
  const query = new URLSearchParams(location.search);
  speak(query.get("lang") ?? (navigator.language.startsWith("ko") ? "ko" : "en"));
  at("language").value = language();
  at("problem").value = query.get("q") ?? "";
  if (query.get("detail")) at("detail").value = query.get("detail");
  if (query.get("method")) at("method").value = query.get("method");
  const read = echo(at("problem"), at("echo"));
  at("problem").addEventListener("input", read);
  echo(at("answer"), at("answer-echo"));
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
  tabs();
  if (at("problem").value) { read(); derive(false); }
}

start();
