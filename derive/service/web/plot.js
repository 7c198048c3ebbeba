// Drawings: f, f′ and a tangent dragged along; over a plane, f as shades with contours and the gradient's arrow.

import { say } from "./say.js";

const NS = "http://www.w3.org/2000/svg";
const WIDE = 640;
const HIGH = 360;
const EDGE = 34;
const LEFT = 62; // room for the numbers along the vertical axis
let listeners = [];

export function forget() {
  for (const [node, kind, action] of listeners) node.removeEventListener(kind, action);
  listeners = [];
}

function on(node, kind, action) {
  node.addEventListener(kind, action);
  listeners.push([node, kind, action]);
}

function svg(name, attributes, ...children) {
  const node = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

const short = (value) => (Math.abs(value) < 1e-9 ? "0" : Number(value.toPrecision(4)).toString());

export function draw(place, slider, reading, data) {
  (data.kind === "line" ? line : plane)(place, slider, reading, data);
}

// The middle nine tenths of the values, with room: a pole does not flatten the curve.
function range(...lists) {
  const values = lists.flat().filter((v) => v !== null && Number.isFinite(v)).sort((a, b) => a - b);
  if (!values.length) return [-1, 1];
  const cut = Math.floor(values.length * 0.04);
  let [low, high] = [values[cut], values[values.length - 1 - cut]];
  if (high - low < 1e-9) { low -= 1; high += 1; }
  const room = (high - low) * 0.12;
  return [low - room, high + room];
}

function frame(title, low, high, bottom, top, names) {
  const x = (v) => LEFT + ((v - low) / (high - low)) * (WIDE - LEFT - EDGE);
  const y = (v) => HIGH - EDGE - ((v - bottom) / (top - bottom)) * (HIGH - 2 * EDGE);
  const root = svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": title, class: "plot" });
  root.append(svg("title", {}, title));
  for (const v of ticks(low, high)) {
    root.append(svg("line", { x1: x(v), x2: x(v), y1: EDGE, y2: HIGH - EDGE, class: v === 0 ? "axis" : "grid" }));
    root.append(svg("text", { x: x(v), y: HIGH - EDGE + 16, class: "tick" }, short(v)));
  }
  for (const v of ticks(bottom, top)) {
    root.append(svg("line", { x1: LEFT, x2: WIDE - EDGE, y1: y(v), y2: y(v), class: v === 0 ? "axis" : "grid" }));
    root.append(svg("text", { x: LEFT - 6, y: y(v) + 4, class: "tick left" }, short(v)));
  }
  root.append(svg("text", { x: WIDE - EDGE + 8, y: HIGH - EDGE + 4, class: "tick left start" }, names[0]));
  if (names[1]) root.append(svg("text", { x: LEFT, y: EDGE - 10, class: "tick" }, names[1]));
  return { root, x, y };
}

function ticks(low, high) {
  const rough = (high - low) / 7;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((k) => k * power).find((s) => s >= rough);
  const found = [];
  for (let v = Math.ceil(low / step) * step; v <= high + step * 1e-9; v += step) found.push(Math.abs(v) < step * 1e-9 ? 0 : v);
  return found;
}

// A curve as strokes: a missing value, or a jump over the whole height or beyond what the slopes allow, lifts the pen.
function strokes(xs, values, x, y, bottom, top, slopes = null) {
  let path = "";
  let pen = false;
  let last = null;
  for (const [k, v] of values.entries()) {
    const outside = v === null || !Number.isFinite(v) || v < bottom - 2 * (top - bottom) || v > top + 2 * (top - bottom);
    if (outside) { pen = false; last = null; continue; }
    const rise = last === null ? 0 : Math.abs(v - last);
    if (rise > (top - bottom) * 0.9) pen = false;
    if (slopes && rise > (top - bottom) * 0.01) {
      const steepest = Math.max(Math.abs(slopes[k - 1] ?? 0), Math.abs(slopes[k] ?? 0));
      if (rise > 4 * steepest * (xs[k] - xs[k - 1])) pen = false;
    }
    path += `${pen ? "L" : "M"}${x(xs[k]).toFixed(1)} ${y(v).toFixed(1)}`;
    pen = true;
    last = v;
  }
  return path;
}

// Of a first derivative the tangent is drawn, of a higher one its curve alone, of a slope at a point the tangent there.
function line(place, slider, reading, data) {
  const [low, high] = [data.x[0], data.x[data.x.length - 1]];
  const [bottom, top] = range(data.f, data.derivative);
  const { root, x, y } = frame(`${data.function}, ${data.result}`, low, high, bottom, top, [data.variable]);
  const clip = svg("clipPath", { id: "inside" }, svg("rect", { x: LEFT, y: EDGE, width: WIDE - LEFT - EDGE, height: HIGH - 2 * EDGE }));
  const curves = svg("g", { "clip-path": "url(#inside)" });
  const entries = [["curve", say("function")]];
  const named = data.order > 1 ? say("higher").replace("{n}", data.order) : say("derivative");
  if (data.derivative.length) {
    curves.append(svg("path", { d: strokes(data.x, data.derivative, x, y, bottom, top), class: "slope" }));
    entries.push(["slope", named]);
  }
  curves.append(svg("path", { d: strokes(data.x, data.f, x, y, bottom, top, data.order === 1 ? data.derivative : null), class: "curve" }));
  const tangent = svg("line", { class: "tangent" });
  const dot = svg("circle", { r: 6, class: "dot" });
  curves.append(tangent, dot);
  root.append(svg("defs", {}, clip), curves);
  const sloped = data.order === 1 || Boolean(data.tangent);
  if (sloped) entries.push(["tangent", say("tangent")]);
  place.replaceChildren(root, legend(entries));
  slider.max = String(data.x.length - 1);
  const nearest = (v) => String(Math.round(((v - low) / (high - low)) * (data.x.length - 1)));
  const show = () => {
    const k = Number(slider.value);
    const moved = { x: data.x[k], f: data.f[k], slope: data.derivative[k] ?? null };
    const { x: a, f, slope: d } = data.tangent ?? moved;
    tangent.style.display = sloped && f !== null && d !== null ? "" : "none";
    dot.style.display = f !== null ? "" : "none";
    if (f !== null) {
      dot.setAttribute("cx", x(a));
      dot.setAttribute("cy", y(f));
      const run = 2 * (high - low) + Math.abs(a);
      for (const [name, value] of [["x1", x(a - run)], ["y1", y(f - d * run)], ["x2", x(a + run)], ["y2", y(f + d * run)]]) tangent.setAttribute(name, value);
    }
    const told = [`${say("function")} ${f === null ? "–" : short(f)}`];
    if (d !== null) told.push(`${sloped ? say("slope") : named} ${short(d)}`);
    reading.textContent = `${data.variable} = ${short(a)}: ${told.join(", ")}`;
    slider.setAttribute("aria-valuetext", reading.textContent);
  };
  slider.parentElement.hidden = Boolean(data.tangent); // the point is given
  slider.value = nearest(low + (high - low) * 0.7);
  if (!data.tangent) drag(root, (px) => {
    const v = low + ((px - LEFT) / (WIDE - LEFT - EDGE)) * (high - low);
    slider.value = nearest(v);
    show();
  });
  on(slider, "input", show);
  show();
}

function plane(place, slider, reading, data) {
  const n = data.axis.length;
  const [low, high] = [data.axis[0], data.axis[n - 1]];
  const [bottom, top] = range(data.f);
  const { root, x, y } = frame(data.function, low, high, low, high, data.variables);
  const cells = svg("g", {});
  const [w, h] = [(x(high) - x(low)) / (n - 1), (y(low) - y(high)) / (n - 1)];
  for (let j = 0; j < n; j += 1) {
    for (let i = 0; i < n; i += 1) {
      const v = data.f[j * n + i];
      if (v === null) continue;
      const level = Math.max(0, Math.min(9, Math.floor(((v - bottom) / (top - bottom)) * 10)));
      cells.append(svg("rect", { x: x(data.axis[i]) - w / 2, y: y(data.axis[j]) - h / 2, width: w + 0.4, height: h + 0.4, class: `level-${level}` }));
    }
  }
  root.insertBefore(cells, root.children[1]);
  for (const v of ticks(bottom, top)) {
    const d = contour(data.axis, data.f, v, x, y);
    if (d) root.append(svg("path", { d, class: "contour" }, svg("title", {}, short(v))));
  }
  const arrow = svg("path", { class: "arrow" });
  const tip = svg("circle", { r: 5, class: "dot" });
  root.append(arrow, tip);
  const entries = [["contour", say("contour")]];
  if (data.gradient.length) entries.push(["arrow", say("gradient")]);
  place.replaceChildren(root, legend(entries));
  slider.parentElement.hidden = false;
  slider.max = String(n * n - 1);
  slider.value = String(Math.floor(n * 0.62) * n + Math.floor(n * 0.66));
  const show = () => {
    const k = Number(slider.value);
    const [a, b] = [data.axis[k % n], data.axis[Math.floor(k / n)]];
    const [p, q] = data.gradient.map((values) => values[k]);
    const there = p !== undefined && p !== null && q !== null;
    tip.setAttribute("cx", x(a));
    tip.setAttribute("cy", y(b));
    arrow.setAttribute("d", there ? arrowPath(x(a), y(b), p * w, -q * h, Math.hypot(p, q) / ((top - bottom) / (high - low) || 1)) : "");
    const f = data.f[k];
    const where = `${data.variables[0]} = ${short(a)}, ${data.variables[1]} = ${short(b)}: ${say("function")} ${f === null ? "–" : short(f)}`;
    reading.textContent = there ? `${where}, ${say("gradient")} (${short(p)}, ${short(q)})` : where;
    slider.setAttribute("aria-valuetext", reading.textContent);
  };
  drag(root, (px, py) => {
    const cell = (v, from, to) => Math.max(0, Math.min(n - 1, Math.round(((v - from) / (to - from)) * (n - 1))));
    slider.value = String(cell(py, y(low), y(high)) * n + cell(px, x(low), x(high)));
    show();
  });
  on(slider, "keydown", (event) => { // left and right along the first variable, up and down along the second
    const step = { ArrowUp: n, ArrowDown: -n }[event.key];
    if (!step) return;
    event.preventDefault();
    const to = Number(slider.value) + step;
    if (to >= 0 && to < n * n) { slider.value = String(to); show(); }
  });
  on(slider, "input", show);
  show();
}

// An arrow from a point, as long as the slope is steep, with its head.
function arrowPath(fromX, fromY, dx, dy, steepness) {
  const length = Math.hypot(dx, dy);
  if (!length) return "";
  const reach = 22 + 60 * Math.min(1, steepness / 4);
  const [ux, uy] = [dx / length, dy / length];
  const [toX, toY] = [fromX + ux * reach, fromY + uy * reach];
  const side = (turn) => `${(toX - 10 * ux + turn * 6 * uy).toFixed(1)} ${(toY - 10 * uy - turn * 6 * ux).toFixed(1)}`;
  return `M${fromX.toFixed(1)} ${fromY.toFixed(1)}L${toX.toFixed(1)} ${toY.toFixed(1)}M${side(1)}L${toX.toFixed(1)} ${toY.toFixed(1)}L${side(-1)}`;
}

// Marching squares: in every cell the line where the value is `level`, between the edges that it crosses.
function contour(axis, values, level, x, y) {
  const n = axis.length;
  let path = "";
  for (let j = 0; j + 1 < n; j += 1) {
    for (let i = 0; i + 1 < n; i += 1) {
      const corners = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]];
      const there = corners.map(([a, b]) => values[b * n + a]);
      if (there.includes(null)) continue;
      const points = [];
      for (let k = 0; k < 4; k += 1) {
        const [v, u] = [there[k] - level, there[(k + 1) % 4] - level];
        if ((v < 0) === (u < 0)) continue;
        const t = v / (v - u);
        const [[a, b], [c, d]] = [corners[k], corners[(k + 1) % 4]];
        points.push(`${x(axis[a] + t * (axis[c] - axis[a])).toFixed(1)} ${y(axis[b] + t * (axis[d] - axis[b])).toFixed(1)}`);
      }
      const middle = (there[0] + there[1] + there[2] + there[3]) / 4 - level; // at a saddle it says which edges belong together
      if (points.length === 4 && (middle < 0) !== (there[0] - level < 0)) points.push(points.shift());
      for (let k = 0; k + 1 < points.length; k += 2) path += `M${points[k]}L${points[k + 1]}`;
    }
  }
  return path;
}

function legend(entries) {
  const list = document.createElement("ul");
  list.className = "legend";
  for (const [kind, text] of entries) {
    const item = document.createElement("li");
    item.append(svg("svg", { viewBox: "0 0 28 8", width: 28, height: 8, "aria-hidden": "true" }, svg("line", { x1: 0, x2: 28, y1: 4, y2: 4, class: kind })), text);
    list.append(item);
  }
  return list;
}

function drag(root, moved) {
  const to = (event) => {
    const box = root.getBoundingClientRect();
    moved(((event.clientX - box.left) / box.width) * WIDE, ((event.clientY - box.top) / box.height) * HIGH);
  };
  root.addEventListener("pointerdown", (event) => { root.setPointerCapture(event.pointerId); to(event); });
  root.addEventListener("pointermove", (event) => { if (event.buttons) to(event); });
}
