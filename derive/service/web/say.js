// The words of the page itself; what is said about mathematics comes from the server.

const WORDS = {
  en: {
    skip: "Skip to the derivation", title: "Derivatives, step by step", "tab-derive": "Derive", "tab-practice": "Practice",
    language: "Language", problem: "Problem", go: "Derive", detail: "Detail", brief: "brief", standard: "standard",
    full: "every step", method: "Method", "by-rules": "rules", "by-definition": "definition", editor: "Formula editor",
    try: "Try", "copy-latex": "Copy LaTeX", "copy-markdown": "Copy Markdown", "copy-json": "Copy JSON", share: "Copy link",
    drawing: "Drawing", point: "Point", dependence: "What depends on what", topic: "Topic", difficulty: "Difficulty",
    new: "New exercise", answer: "Your answer", check: "Check", hint: "Hint", solution: "Show the solution", api: "JSON API",
    working: "working …", copied: "copied", "read-as": "read as", slope: "slope", function: "function", derivative: "derivative",
    higher: "derivative of order {n}", tangent: "tangent", gradient: "gradient", offline: "the server does not answer", done: "done",
    none: "no more exercises here", others: "Other ways", "no-other": "no other method applies", contour: "contour line",
    "way-definition": "by the definition", "way-logarithmic": "by logarithmic differentiation",
    "way-expand-first": "multiplied out first", "way-negative-power": "with a negative power",
    "task-gradient": "gradient of", "task-hessian": "Hessian of", "task-jacobian": "Jacobian of", "task-curl": "curl of",
    "task-laplacian": "Laplacian of", "task-divergence": "divergence of", "task-simplify": "simplify",
    "way-exponential": "as a power of e", "way-rules": "by the rules", "way-reverse": "by reverse mode",
  },
  ko: {
    skip: "풀이로 건너뛰기", title: "한 단계씩 미분하기", "tab-derive": "미분", "tab-practice": "연습",
    language: "언어", problem: "문제", go: "풀기", detail: "자세한 정도", brief: "간단히", standard: "보통",
    full: "모든 단계", method: "방법", "by-rules": "미분 공식", "by-definition": "도함수의 정의", editor: "수식 편집기",
    try: "예시", "copy-latex": "LaTeX 복사", "copy-markdown": "Markdown 복사", "copy-json": "JSON 복사", share: "링크 복사",
    drawing: "그래프", point: "점", dependence: "변수 사이의 관계", topic: "주제", difficulty: "난이도",
    new: "새 문제", answer: "나의 답", check: "확인", hint: "힌트", solution: "풀이 보기", api: "JSON API",
    working: "계산 중 …", copied: "복사했습니다", "read-as": "이렇게 읽었습니다:", slope: "기울기", function: "함수", derivative: "도함수",
    higher: "{n}계도함수", tangent: "접선", gradient: "그래디언트", offline: "서버가 응답하지 않습니다", done: "끝났습니다",
    none: "이 주제에는 문제가 더 없습니다", others: "다른 방법", "no-other": "쓸 수 있는 다른 방법이 없습니다", contour: "등고선",
    "way-definition": "도함수의 정의로", "way-logarithmic": "로그미분법으로",
    "way-expand-first": "먼저 전개해서", "way-negative-power": "음의 지수로 고쳐서",
    "task-gradient": "그래디언트:", "task-hessian": "헤세 행렬:", "task-jacobian": "야코비 행렬:", "task-curl": "회전:",
    "task-laplacian": "라플라시안:", "task-divergence": "발산:", "task-simplify": "간단히 하기:",
    "way-exponential": "e의 거듭제곱 꼴로 고쳐서", "way-rules": "미분 공식으로", "way-reverse": "역방향 모드로",
  },
};

let current = "en";

export const language = () => current;

export const say = (key, otherwise = key) => WORDS[current][key] ?? otherwise;

export const steps = (count) => (current === "ko" ? `${count}단계` : `${count} step${count === 1 ? "" : "s"}`);

export function speak(chosen) {
  current = chosen in WORDS ? chosen : "en";
  document.documentElement.lang = current;
  document.title = `derive: ${say("title")}`;
  for (const node of document.querySelectorAll("[data-say]")) node.textContent = say(node.dataset.say);
}
