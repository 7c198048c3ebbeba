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
  const data = await response.json();
  if (!response.ok) throw data;
  return data;
}

// The server's own markup (formulas, derivations, drawings) as nodes; scripts in it would not run.
export function markup(text) {
  const template = document.createElement("template");
  template.innerHTML = text;
  return template.content;
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
  for (const wide of main.querySelectorAll(".formula, .change")) wide.tabIndex = 0; // scrolled by keyboard where it is too wide
  return [...main.childNodes];
}

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

export function later(wait, action) {
  let timer = 0;
  return (...given) => { clearTimeout(timer); timer = setTimeout(() => action(...given), wait); };
}
