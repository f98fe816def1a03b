/** Rows of a long table that are shown at first. */
const FIRST_ROWS = 20;

/** Accuracy of each class; a click on a column's name sorts by it. */
function classFigure(classes) {
  const columns = [
    {name: "class", key: "className", text: true},
    {name: "images", key: "images", show: whole},
    {name: "top-1", key: "top1", show: percent, bar: true},
    {name: "top-5", key: "top5", show: percent, bar: true},
  ];
  let sorted = {column: null, down: false};
  let open = classes.length <= FIRST_ROWS + 5;
  const body = element("tbody");
  const more = element("button", {type: "button", class: "more", click: () => {
    open = !open;
    fill();
  }});
  const heads = columns.map(column => element("th", {scope: "col", class: column.text ? null : "number"},
    element("button", {type: "button", click: () => {
      sorted = {column, down: sorted.column === column ? !sorted.down : !column.text};
      fill();
    }}, column.name, element("span", {class: "order", "aria-hidden": "true"}))));

  function fill() {
    const {column, down} = sorted;
    const rows = column === null ? classes : classes.toSorted((a, b) =>
      (down ? -1 : 1) * (column.text ? a.className.localeCompare(b.className) : a[column.key] - b[column.key]));
    columns.forEach((each, at) => {
      heads[at].setAttribute("aria-sort", each !== column ? "none" : down ? "descending" : "ascending");
      heads[at].querySelector(".order").textContent = each !== column ? " ↕" : down ? " ↓" : " ↑";
    });
    body.replaceChildren(...rows.slice(0, open ? rows.length : FIRST_ROWS).map(row => element("tr", {}, columns.map(each => each.text
      ? element("th", {scope: "row"}, given(row.className))
      : element("td", {class: each.bar ? "number barred" : "number"}, each.bar && isNumber(row[each.key])
        ? element("span", {class: "track", "aria-hidden": "true"}, sized(element("span", {class: "bar"}), "width", `${100 * row[each.key]}%`)) : null,
        each.show(row[each.key]))))));
    more.hidden = classes.length <= FIRST_ROWS + 5;
    more.textContent = open ? `Show the first ${FIRST_ROWS} only` : `Show all ${whole(classes.length)}`;
  }

  fill();
  return figure("classes", "Accuracy of each class", "On the validation images, centre crop. The names of the columns sort.",
    element("table", {class: "classes"}, element("thead", {}, element("tr", {}, heads)), body), more);
}

/** What the layers look like, as last measured. */
function layerFigure(layers) {
  return figure("layers", "Layers", "As last measured. A layer learns well when a step changes its weights by about a thousandth; units that are zero for every image are dead.",
    element("table", {}, element("thead", {}, element("tr", {}, element("th", {scope: "col"}, "layer"), element("th", {scope: "col", class: "number"}, "|Δw| / |w|"),
      element("th", {scope: "col", class: "number"}, "dead units"))),
    element("tbody", {}, layers.map(layer => element("tr", {}, element("th", {scope: "row"}, given(layer.layer)),
      element("td", {class: "number"}, number(layer.updateRatio, 3)), element("td", {class: "number"}, percent(layer.deadUnits)))))));
}

/** A JSON value as lines of a name and a text; long lists are cut. */
function flattened(value, name = "") {
  if (value === null || typeof value !== "object") {
    return [name.endsWith("_bytes") && isNumber(value) ? [name.slice(0, -"_bytes".length), number(value / 2 ** 30, 3) + " GiB"] : [name, String(value ?? "–")]];
  }
  if (Array.isArray(value) && value.every(each => each === null || typeof each !== "object")) {
    // A command line is one.
    const isCommand = value.some(each => String(each).startsWith("-"));
    const shown = value.slice(0, isCommand ? value.length : 20).join(isCommand ? " " : ", ") || "–";
    return [[name, value.length > 20 && !isCommand ? `${shown}, … (${whole(value.length)} in all)` : shown]];
  }
  return Object.entries(value).flatMap(([key, each]) =>
    flattened(each, Array.isArray(value) ? `${name} ${Number(key) + 1}` : name ? `${name}.${key}` : key));
}

/** Lines of names and texts, those of several objects side by side. */
function pairs(title, names, tables, keys) {
  const head = names.length > 1 ? element("thead", {}, element("tr", {}, element("td"), names.map(name => element("th", {scope: "col"}, given(name))))) : null;
  return element("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": title}, element("table", {class: "pairs"}, head, element("tbody", {},
    keys.map(key => element("tr", {}, element("th", {scope: "row"}, given(key)), tables.map(table => element("td", {}, given(table.get(key) ?? "–"))))))));
}

function folded(title, open, content) {
  return element("details", {open}, element("summary", {}, title), content);
}

/** An object, or several side by side: what differs, and folded what doesn't. */
function comparison(title, columns) {
  const names = columns.map(column => column.name);
  const tables = columns.map(column => new Map(flattened(column.value)));
  const keys = [...new Set(tables.flatMap(table => [...table.keys()]))];
  const [different, same] = [true, false].map(differs => keys.filter(key => (new Set(tables.map(table => table.get(key))).size > 1) === differs));
  return [
    different.length > 0 ? folded(`${title}: what differs`, true, pairs(title, names, tables, different)) : null,
    same.length > 0 ? folded(names.length > 1 ? `${title}: what is the same` : title, false, pairs(title, [""], [tables[0]], same)) : null,
  ];
}

/** How runs are set up; several starts of one run are compared as runs are. */
function setup(runs) {
  const parts = [];
  const configured = runs.filter(run => run.config);
  const of = run => runs.length > 1 ? ` of ${run.name}` : "";
  if (configured.length > 0) {
    parts.push(...comparison("Configuration" + (configured.length === 1 ? of(configured[0]) : ""), configured.map(run => ({name: run.name, value: run.config}))));
  }
  for (const run of runs.filter(each => each.environment)) {
    const starts = Array.isArray(run.environment) ? run.environment : [run.environment];
    parts.push(...comparison("Environment" + of(run), starts.map((value, at) => ({name: starts.length > 1 ? `start ${at + 1}` : run.name, value}))));
  }
  return parts.filter(part => part !== null);
}
