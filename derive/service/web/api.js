// Calls to the server: the answer's data, or a problem thrown as it was told.

import { told } from "./complaint.js";
import { say } from "./say.js";

// How a text is read while it is typed; what cannot be read yet is thrown as a problem, though it is none to the server.
export async function readAs(text, language) {
  const found = await ask("parse", { text, language, typing: true });
  if (!found.readable) throw found.problem;
  return found;
}

export async function ask(name, body) {
  let response;
  try {
    response = await fetch(`/v1/${name}`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
  } catch {
    throw { detail: say("offline") };
  }
  const data = await response.json().catch(() => null);
  if (data === null) throw { detail: say("offline") }; // something between the server and us has answered
  if (!response.ok) throw data;
  return data;
}

// The server's own markup (formulas, derivations, drawings) as nodes; scripts in it would not run.
export function markup(text) {
  const template = document.createElement("template");
  template.innerHTML = text;
  return template.content;
}

// A problem as an exercise states it: its formula, with what is to be done where that is no part of it.
const NAMED = ["gradient", "hessian", "jacobian", "laplacian", "divergence", "curl", "simplify"];
const SPELLED = ["tangent", "taylor", "directional"]; // these are said best as they are typed

export function statement(found, text) {
  if (SPELLED.includes(found.task)) return [element("code", {}, text)];
  const formula = markup(found.expression.mathml);
  if (NAMED.includes(found.task)) return [`${say(`task-${found.task}`)} `, formula];
  if (found.task === "implicit" && !text.includes("where")) return [formula, `, ${/d[^=,]*$/.exec(text)?.[0] ?? ""}`];
  return [formula];
}

// A derivation as the server draws it, as one part of a page of ours.
export function pageOf(found) {
  const content = markup(found.rendered.html);
  const main = content.querySelector("main");
  if (!main) return [content];
  for (const heading of main.querySelectorAll("h1")) { // a formula alone is no heading to a screen reader
    const said = heading.querySelector("math")?.getAttribute("alttext");
    if (said) heading.setAttribute("aria-label", said);
  }
  return [...main.childNodes];
}

// What is wider than the page is scrolled by keyboard too: it takes the focus, and nothing else does.
const widths = new ResizeObserver((changed) => {
  for (const { target } of changed) {
    for (const node of target.querySelectorAll("p, .formula, .change")) {
      if (node.scrollWidth > node.clientWidth + 1) node.tabIndex = 0;
      else node.removeAttribute("tabindex");
    }
  }
});

export const reachable = (place) => widths.observe(place);

export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

// A problem with the caret under the place that it is about.
export function complaint(problem) {
  const [said, original] = told(problem);
  const box = element("div", { class: "problem" }, element("p", {}, said));
  if (original) box.append(element("p", { class: "quiet", lang: "en" }, original));
  if (problem.caret) box.append(element("pre", { "aria-hidden": "true" }, problem.caret));
  return box;
}

// The same in its place, with the caret in sight where the line is wider than the page.
export function complain(place, problem) {
  place.replaceChildren(complaint(problem));
  const line = place.querySelector("pre");
  if (line) line.scrollLeft = (problem.caret.split("\n")[1].indexOf("^") / problem.caret.indexOf("\n")) * line.scrollWidth - line.clientWidth / 2;
}

export function later(wait, action) {
  let timer = 0;
  return (...given) => { clearTimeout(timer); timer = setTimeout(() => action(...given), wait); };
}
