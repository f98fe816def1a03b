/** An element with attributes, handlers (functions) and children. Text stays text: nothing is ever taken for HTML. */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") {
      made.addEventListener(key, value);
    } else if (value !== undefined && value !== null && value !== false) {
      made.setAttribute(key, value === true ? "" : value);
    }
  }
  made.append(...children.flat().filter(child => child !== null && child !== undefined));
  return made;
}

/** A name that a user gave: its direction does not turn what stands around it. */
function given(name) {
  return element("bdi", {}, name);
}

/** A length that depends on a value; style attributes are forbidden by the page's own policy. */
function sized(made, property, value) {
  made.style.setProperty(property, value);
  return made;
}

function isNumber(value) {
  return typeof value === "number" && Number.isFinite(value);
}

/** With so many digits as tell something, or a dash. */
function number(value, digits = 4) {
  if (!isNumber(value)) {
    return "–";
  }
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) {
    return value.toExponential(Math.max(0, digits - 2)).replace(/\.?0+e/, "e").replace("e-", "e−").replace("e+", "e");
  }
  const decimals = size === 0 ? 0 : Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  return value.toLocaleString("en", {maximumFractionDigits: decimals, minimumFractionDigits: 0}).replace("-", "−");
}

function whole(value) {
  return isNumber(value) ? Math.round(value).toLocaleString("en") : "–";
}

function percent(share) {
  return isNumber(share) ? (100 * share).toFixed(1) + "\u00a0%" : "–";
}

/** 3 h 20 min, 4 min 5 s. */
function duration(seconds) {
  if (!isNumber(seconds)) {
    return "–";
  }
  const units = [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]];
  const at = Math.max(0, units.findIndex(([, length]) => seconds >= length));
  const first = seconds < 1 ? units.length - 1 : at;
  const [unit, length] = units[first];
  const next = units[first + 1];
  if (!next) {
    return Math.round(seconds) + " s";
  }
  const count = Math.floor(seconds / length);
  const rest = Math.floor((seconds - count * length) / next[1]);
  return `${count} ${unit}` + (rest > 0 ? ` ${rest} ${next[0]}` : "");
}

function last(list) {
  return list[list.length - 1];
}

function sum(list) {
  return list.reduce((total, value) => total + (value ?? 0), 0);
}

/** The place of the highest number; -1 if there is none. */
function highest(list) {
  return list.reduce((best, value, at) => isNumber(value) && (best < 0 || value > list[best]) ? at : best, -1);
}

function median(list) {
  const sorted = list.filter(isNumber).sort((a, b) => a - b);
  return sorted.length === 0 ? null : sorted[sorted.length >> 1];
}

/** A figure with a title above and a caption beneath, which the style sheet numbers. */
function figure(id, title, about, ...content) {
  return element("figure", {id, "aria-labelledby": id + "-title"}, element("h3", {id: id + "-title"}, title), ...content,
    element("figcaption", {}, element("b"), about));
}
