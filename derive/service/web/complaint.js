// What went wrong, in the page's language: the server says it in English, with its place and what was expected.

import { language } from "./say.js";

const KINDS = {
  unreadable: "이 부분을 읽을 수 없습니다.", name: "무엇에 대해 미분할지 알 수 없습니다. 식 앞에 d/dx처럼 써 주세요.",
  usage: "이 문제는 이렇게 풀 수 없습니다.", domain: "이 점에서는 실숫값이 없습니다.",
  limit: "식이 너무 크거나 계산이 너무 오래 걸립니다.", body: "보낸 내용이 너무 깁니다.", rate: "요청이 너무 잦습니다. 잠시 뒤에 다시 해 보세요.",
  busy: "지금은 서버가 바쁩니다. 잠시 뒤에 다시 해 보세요.", lost: "계산이 중간에 끊겼습니다. 다시 해 보세요.",
  internal: "서버에서 오류가 났습니다.",
};
const EXPECTED = { "a number": "수", "a name": "문자", "an expression": "식" };

// ["a number", "a name", "(" in quotes]  →  여기에는 수, 문자, "(" 가운데 하나가 와야 합니다.
function expected(words) {
  const korean = words.map((word) => EXPECTED[word] ?? word);
  return korean.length === 1 ? `빠진 것: ${korean[0]}` : `여기에는 ${korean.join(", ")} 가운데 하나가 와야 합니다.`;
}

export function told(problem) {
  const detail = problem.detail ?? problem.title ?? "";
  const said = problem.caret ? detail.replace(/^line 1, column \d+: /, "") : detail; // the caret says where
  const kind = (problem.type ?? "").replace("/problems/", "");
  if (language() !== "ko" || !(kind in KINDS)) return [said, ""];
  const meant = /^did you mean (.+)\?$/.exec(problem.suggestion ?? "");
  const parts = [kind === "unreadable" && problem.expected ? expected(problem.expected) : KINDS[kind]];
  if (problem.column && !problem.caret) parts.unshift(`${problem.column}번째 글자:`);
  if (meant) parts.push(`혹시 ${meant[1]} 아닌가요?`);
  return [parts.join(" "), said];
}
