// The practice tab: an exercise, an answer, its verdict, hints one rung at a time, the solution.

import { ask, complaint, element, later, markup, pageOf, readAs, statement } from "./api.js";
import { language, say } from "./say.js";

const at = (id) => document.getElementById(id);
const TOPICS = {
  "power-rule": ["power rule", "거듭제곱의 미분법"], "sum-rule": ["sums", "합, 차, 실수배의 미분법"],
  "product-rule": ["product rule", "곱의 미분법"], "quotient-rule": ["quotient rule", "몫의 미분법"],
  "chain-rule": ["chain rule", "합성함수의 미분법"], trigonometric: ["trigonometric", "삼각함수"],
  exponential: ["exponential", "지수함수"], logarithm: ["logarithm", "로그함수"], root: ["roots", "무리함수"],
  "inverse-trigonometric": ["inverse trigonometric", "역삼각함수"], hyperbolic: ["hyperbolic", "쌍곡선함수"],
  "general-power": ["variable exponents", "지수에 변수가 있는 함수"], "higher-order": ["higher derivatives", "고계도함수"],
  partial: ["partial derivatives", "편도함수"], gradient: ["gradients", "그래디언트"], implicit: ["implicit", "음함수"],
  tangent: ["tangents", "접선"],
};
let started = false;
let seed = 0;
let exercise = null;
let rungs = [];
let turn = 0;

export function startPractice() {
  if (started) return;
  started = true;
  topics();
  document.addEventListener("language", () => { topics(); next(false); });
  at("choose").addEventListener("submit", (event) => { event.preventDefault(); next(true); });
  at("reply").addEventListener("submit", (event) => { event.preventDefault(); check(); });
  at("answer").addEventListener("input", () => at("verdict").replaceChildren()); // it was about another answer
  at("answer").addEventListener("input", later(180, read));
  at("hint").addEventListener("click", hint);
  at("solution").addEventListener("click", solution);
  for (const id of ["topic", "difficulty"]) at(id).addEventListener("change", () => next(true, false));
  next(true, false);
}

function topics() {
  const chosen = at("topic").value || "chain-rule";
  at("topic").replaceChildren(...Object.entries(TOPICS).map(([id, [en, ko]]) => {
    const option = element("option", { value: id }, language() === "ko" ? ko : en);
    option.selected = id === chosen;
    return option;
  }));
}

async function next(fresh, focus = fresh) {
  const mine = ++turn;
  if (fresh) seed = 1 + Math.floor(Math.random() * 1e6);
  at("verdict").replaceChildren();
  at("hints").replaceChildren();
  at("worked").replaceChildren();
  rungs = [];
  exercise = null;
  if (fresh) { at("answer").value = ""; at("answer-echo").replaceChildren(); }
  at("exercise").textContent = say("working");
  try {
    const request = { topic: at("topic").value, difficulty: Number(at("difficulty").value), seed, count: 1, distractors: 0 };
    const found = await ask("practice", request);
    if (mine !== turn) return;
    const made = found.exercises[0] ?? null;
    if (!made) { at("exercise").textContent = say("none"); at("reply").hidden = true; return; }
    const parsed = await ask("parse", { text: made.problem });
    if (mine !== turn) return;
    exercise = made;
    at("exercise").replaceChildren(element("div", { class: "formula" }, ...statement(parsed, made.problem)));
    at("reply").hidden = false;
    if (focus) at("answer").focus();
  } catch (problem) {
    if (mine === turn) at("exercise").replaceChildren(complaint(problem));
  }
}

async function read() {
  const text = at("answer").value.trim();
  if (!text) { at("answer-echo").replaceChildren(); return; }
  try {
    const found = await readAs(`simplify ${text}`, language());
    at("answer-echo").replaceChildren(element("p", {}, `${say("read-as")} `, markup(found.expression.mathml)));
  } catch (problem) {
    const { caret, ...rest } = problem;
    at("answer-echo").replaceChildren(complaint(rest));
  }
}

async function check() {
  const answer = at("answer").value.trim();
  if (!exercise) return;
  if (!answer) { at("answer").focus(); return; }
  const mine = turn;
  const stale = () => mine !== turn || at("answer").value.trim() !== answer;
  at("verdict").textContent = say("working");
  try {
    const found = await ask("check", { problem: exercise.problem, answer, language: language() });
    if (stale()) return;
    const mark = element("span", { class: "mark", "aria-hidden": "true" }, found.correct ? "✓ " : "✗ ");
    at("verdict").replaceChildren(element("p", { class: found.correct ? "right" : "wrong" }, mark, found.message));
  } catch (problem) {
    if (!stale()) at("verdict").replaceChildren(complaint(problem));
  }
}

async function hint() {
  if (!exercise) return;
  const mine = turn;
  try {
    if (!rungs.length) {
      const found = await ask("hints", { problem: exercise.problem, language: language() });
      if (mine !== turn) return;
      rungs = found.rungs;
    }
    const shown = at("hints").children.length;
    if (shown < rungs.length) at("hints").append(element("li", {}, rungs[shown]));
  } catch (problem) {
    if (mine === turn) at("verdict").replaceChildren(complaint(problem));
  }
}

async function solution() {
  if (!exercise) return;
  const mine = turn;
  try {
    const found = await ask("derivations", { problem: exercise.problem, language: language(), include: ["html"] });
    if (mine === turn) at("worked").replaceChildren(...pageOf(found));
  } catch (problem) {
    if (mine === turn) at("worked").replaceChildren(complaint(problem));
  }
}
