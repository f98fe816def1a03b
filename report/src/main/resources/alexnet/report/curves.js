/** Steps over which smoothing may go. */
const WINDOWS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000];

/** Units of the horizontal axis. A run's place in it is told by its steps; empty if it cannot be. */
const UNITS = {
  step: {name: "step", digits: 7, label: "step", of: (run, steps) => steps},
  epoch: {name: "epoch", digits: 4, label: "epochs of training", of: (run, steps) => run.stepsAnEpoch > 0 ? steps.map(step => step / run.stepsAnEpoch) : []},
  time: {name: "minute", digits: 4, label: "minutes of training and validation", of: (run, steps) => minutes(run, steps)},
};

/** Between measurements, which tell how long they took, steps are taken to be equally long. */
function minutes(run, steps) {
  const {step, seconds} = run.measured;
  if (step.length === 0 || !seconds.every(isNumber)) {
    return [];
  }
  const ends = [0];
  seconds.forEach(of => ends.push(last(ends) + of / 60));
  const marks = [0, ...step];
  let at = 0;
  return steps.map(value => {
    while (at < marks.length - 2 && marks[at + 1] < value) {
      at++;
    }
    return ends[at] + (value - marks[at]) / (marks[at + 1] - marks[at]) * (ends[at + 1] - ends[at]);
  });
}

/** The exponential mean over about so many steps, without the start's bias. */
function smoothed(values, window, stride) {
  const keep = window > stride ? Math.pow(1 - 1 / window, stride) : 0;
  let mean = 0;
  let weight = 0;
  return values.map(value => {
    if (!isNumber(value)) {
      return null;
    }
    mean = keep * mean + (1 - keep) * value;
    weight = keep * weight + (1 - keep);
    return mean / weight;
  });
}

/** Every step of a quantity, faint, with a smoothed line; where a point stands for several steps, the range that they fill. */
function everyStep(quantity) {
  return view => view.runs.map(run => {
    const of = run.curves[quantity];
    if (!of) {
      return {x: [], lines: []};
    }
    const style = look(run.index);
    const name = run.name;
    const main = {name, y: smoothed(of.mean, view.window, run.curves.stride), width: 2, ...style, marker: null};
    const raw = {y: of.mean, width: 1, alpha: 0.3, colour: style.colour, dash: []};
    const range = of.low.length === 0 ? [] : [
      {y: of.mean, hidden: true, band: style.colour + "30"},
      {y: of.high, hidden: true},
      {y: of.low, hidden: true},
    ];
    if (range.length > 0) {
      range[0].y = of.mean.map(() => null);
    }
    return {x: view.unit.of(run, run.curves.step), lines: [...range, raw, main]};
  });
}

/** A line through a quantity's measurements. */
function measuredLine(run, column, name, style = {}) {
  return {name, y: run.measured[column], width: 2, ...look(run.index), ...style};
}

function measurements(lines) {
  return view => view.runs.map(run => ({
    x: view.unit.of(run, run.measured.step),
    lines: lines(run, view).filter(line => line.y.some(isNumber)),
  }));
}

/** Rates and waiting are told of every step while training goes on, and else of what lies between measurements. */
function stepsOr(quantity, column) {
  return view => view.runs.map(run => run.curves[quantity]
    ? everyStep(quantity)({...view, runs: [run]})[0]
    : measurements(of => [measuredLine(of, column, of.name)])({...view, runs: [run]})[0]);
}

function prefixed(run, view, name) {
  return view.all.length > 1 ? `${run.name}: ${name}` : name;
}

/** All curves. */
function charts() {
  return [
    new Chart({
      id: "training-loss", title: "Training loss", tall: true, log: true, axis: "cross-entropy (nats)",
      about: "Of each step's batch, with dropout and augmentation: faint, and as an exponential mean. Where a point stands for several steps, the shade shows their range.",
      tables: everyStep("loss"), show: value => number(value),
    }),
    new Chart({
      id: "losses", title: "Training and validation loss", log: true, axis: "cross-entropy (nats)",
      about: "At each measurement; the training loss, faint, is the mean since the one before. A validation loss that rises while the other falls is overfitting.",
      tables: measurements((run, view) => [
        measuredLine(run, "trainingLoss", prefixed(run, view, "training"), {width: 1.5, alpha: 0.55, marker: null}),
        measuredLine(run, "validationLoss", prefixed(run, view, "validation")),
      ]),
      show: value => number(value),
    }),
    new Chart({
      id: "top1", title: "Top-1 accuracy", axis: "validation images (%)", share: true,
      about: "Validation images whose likeliest class is the right one, centre crop; the faint line is what always naming the largest class would get.",
      tables: view => [...measurements(run => [measuredLine(run, "top1", run.name)])(view),
        ...view.runs.filter(run => isNumber(run.baseline) && run.measured.top1.some(isNumber)).map(run => ({x: view.full, lines: [
          {name: prefixed(run, view, "largest class"), y: [run.baseline, run.baseline], width: 1, ...look(run.index), alpha: 0.6,
            dash: [3, 3], marker: null, constant: true}]}))],
      show: percent3,
    }),
    new Chart({
      id: "top5", title: "Top-5 accuracy", axis: "validation images (%)", share: true,
      about: "Validation images whose right class is among the five likeliest.",
      tables: measurements(run => [measuredLine(run, "top5", run.name)]), show: percent3,
    }),
    new Chart({
      id: "rate", title: "Learning rate", axis: "learning rate", about: "Of each step.",
      tables: view => view.runs.map(run => run.curves.lr
        ? {x: view.unit.of(run, run.curves.step), lines: [{name: run.name, y: run.curves.lr.mean, width: 2, ...look(run.index), marker: null}]}
        : measurements(of => [measuredLine(of, "lr", of.name)])({...view, runs: [run]})[0]),
      show: value => number(value, 3),
    }),
    new Chart({
      id: "speed", title: "Speed", axis: "images a second", about: "Training images, without validation.",
      tables: stepsOr("rate", "rate"), show: value => number(value, 3),
    }),
    new Chart({
      id: "waiting", title: "Waiting for images", axis: "time of a step (%)", share: true,
      about: "Time that the devices stood still since images were not ready: more threads that read them, or a faster disk, help.",
      tables: everyStep("waiting"), show: percent3,
    }),
  ];
}

/** A share of three digits. */
function percent3(share) {
  return isNumber(share) ? number(100 * share, 3) + "\u00a0%" : "–";
}

/** What is shown of the curves, and its controls. */
class Curves {

  constructor(runs, theme) {
    this.charts = charts();
    this.all = runs;
    this.hidden = new Set();
    const steps = Math.max(...runs.map(run => Math.max(run.step, run.steps))) || 400;
    this.view = {
      all: runs, runs, theme, log: false, range: null, unit: UNITS.step,
      window: WINDOWS.findLast(window => window <= Math.max(1, steps / 40)),
      zoomTo: range => this.zoomTo(range),
      zoomBy: (factor, at) => this.zoomBy(factor, at),
    };
    this.toolbar = this.controls();
    this.root = element("div", {class: "charts"}, this.charts.map(chart => chart.figure));
    new ResizeObserver(() => this.charts.forEach(chart => chart.resize())).observe(this.root);
  }

  controls() {
    const view = this.view;
    this.units = Object.entries(UNITS).map(([key, unit]) => ({unit, label: {step: "steps", epoch: "epochs", time: "time"}[key],
      input: element("input", {type: "radio", name: "unit", checked: key === "step", change: () => this.change({unit, range: null})})}));
    const said = element("output", {}, this.smoothingText());
    const smoothing = element("input", {type: "range", min: 0, max: WINDOWS.length - 1, value: WINDOWS.indexOf(view.window), "aria-label": "Smoothing in steps",
      input: event => {
        this.change({window: WINDOWS[event.target.value]});
        said.textContent = this.smoothingText();
      }});
    const button = (text, label, action) => element("button", {type: "button", "aria-label": label, title: label, click: action}, text);
    return element("div", {class: "toolbar", role: "group", "aria-label": "Curves"},
      element("fieldset", {}, element("legend", {}, "Over"), this.units.map(({input, label}) => element("label", {}, input, label))),
      element("label", {}, "Smoothing ", smoothing, " ", said),
      element("label", {}, element("input", {type: "checkbox", change: event => this.change({log: event.target.checked})}), "losses logarithmic"),
      element("span", {class: "buttons"},
        button("+", "Zoom in", () => this.zoomBy(0.5)), button("−", "Zoom out", () => this.zoomBy(2)),
        button("◂", "Earlier", () => this.move(-0.5)), button("▸", "Later", () => this.move(0.5)),
        button("All", "Show all", () => this.zoomTo(null))),
      element("span", {class: "hint"}, "Drag across a curve to zoom, double-click to see all."));
  }

  smoothingText() {
    return this.view.window === 1 ? "none" : `over ${whole(this.view.window)} steps`;
  }

  change(values) {
    Object.assign(this.view, values);
    this.render();
  }

  /** Shows what there is now. */
  show(runs) {
    this.all = this.view.all = runs;
    for (const {input, unit} of this.units) {
      input.disabled = !this.isPossible(unit);
    }
    this.render();
  }

  isPossible(unit) {
    return this.all.every(run => unit.of(run, [run.step]).length > 0);
  }

  render() {
    const view = this.view;
    view.runs = this.all.filter(run => !this.hidden.has(run.index));
    view.unitName = view.unit.name;
    view.unitLabel = view.unit.label;
    const end = Math.max(0, ...view.runs.flatMap(run => view.unit.of(run, [run.step])));
    view.full = [0, end > 0 ? end : 1];
    this.charts.forEach(chart => chart.render(view));
    const shown = this.charts.filter(chart => !chart.figure.hidden);
    shown.forEach(chart => chart.figure.classList.toggle("wide", shown.length % 2 === 0 && chart === last(shown)));
  }

  toggle(run, shown) {
    this.hidden[shown ? "delete" : "add"](run.index);
    this.render();
  }

  zoomTo(range) {
    const [from, to] = this.view.full;
    if (range) {
      const width = Math.max(Math.min(range[1] - range[0], to - from), (to - from) * 1e-5);
      const start = Math.min(Math.max(from, range[0]), to - width);
      range = width >= to - from ? null : [start, start + width];
    }
    this.view.range = range;
    this.charts.forEach(chart => chart.zoom(this.view));
  }

  zoomBy(factor, at) {
    const [from, to] = this.view.range ?? this.view.full;
    const centre = at ?? (from + to) / 2;
    this.zoomTo([centre - (centre - from) * factor, centre + (to - centre) * factor]);
  }

  move(share) {
    const [from, to] = this.view.range ?? this.view.full;
    this.zoomTo([from + share * (to - from), to + share * (to - from)]);
  }
}
