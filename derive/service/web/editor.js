// The formula editor, on a page of its own: what is written there goes to the first page as LaTeX.

import { complaint, element, later, markup, readAs } from "./api.js";
import { language, say, speak } from "./say.js";
import { MathfieldElement } from "./vendor/mathlive.min.mjs";

MathfieldElement.fontsDirectory = "/static/vendor/fonts";
MathfieldElement.soundsDirectory = null;

const query = new URLSearchParams(location.search);
speak(query.get("lang") ?? (navigator.language.startsWith("ko") ? "ko" : "en"));
const field = new MathfieldElement();
field.setAttribute("aria-label", say("problem"));
field.id = "formula";
field.value = query.get("q") ?? "\\frac{d}{dx}\\left(x^2\\sin\\left(3x\\right)\\right)";
document.getElementById("field").append(field);

const echo = later(180, async () => {
  const place = document.getElementById("echo");
  try {
    const found = await readAs(field.value, language());
    place.replaceChildren(element("p", {}, `${say("read-as")} `, markup(found.expression.mathml)));
  } catch (problem) {
    place.replaceChildren(complaint({ detail: problem.detail }));
  }
});
field.addEventListener("input", echo);
echo();

document.getElementById("edit").addEventListener("submit", (event) => {
  event.preventDefault();
  const target = new URLSearchParams({ q: field.value });
  if (language() !== "en") target.set("lang", language());
  location.href = `/?${target}`;
});
