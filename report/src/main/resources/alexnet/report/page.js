/** So many are shown without being asked for. */
const FEW_WARNINGS = 6;
const THEMES = {auto: "light dark", light: "light", dark: "dark"};

/** The time that a run took, as far as measurements tell. */
function trainedSeconds(run) {
  return run.measured.seconds.some(isNumber) ? sum(run.measured.seconds) : null;
}

function lastLoss(run) {
  const losses = (run.curves.loss?.mean ?? run.measured.trainingLoss).filter(isNumber);
  return losses.length > 0 ? smoothed(losses, Math.max(1, losses.length / 40), 1).at(-1) : null;
}

/** What one looks for first. */
function facts(run) {
  const m = run.measured;
  const best = highest(m.top1);
  const planned = run.steps > 0 && run.steps !== run.step ? ` of ${whole(run.steps)}` : "";
  const losses = m.validationLoss.filter(isNumber);
  return [
    {name: "steps", value: whole(run.step) + planned, about: run.state || (run.stepsAnEpoch > 0 ? `${number(run.step / run.stepsAnEpoch, 4)} epochs` : "")},
    {name: "best top-1", value: best < 0 ? "–" : percent(m.top1[best]), about: best < 0 ? "not measured yet" : `in epoch ${number(m.epochs[best], 4)}`},
    {name: "top-5 then", value: best < 0 ? "–" : percent(m.top5[best]), about: best >= 0 && isNumber(run.baseline) ? `largest class: ${percent(run.baseline)} top-1` : ""},
    {name: "training loss", value: number(lastLoss(run), 3), about: "cross-entropy, smoothed"},
    {name: "validation loss", value: losses.length === 0 ? "–" : number(last(losses), 3), about: losses.length === 0 ? "" : `lowest ${number(Math.min(...losses), 3)}`},
    {name: "speed", value: number(median(m.rate.some(isNumber) ? m.rate : run.curves.rate?.mean ?? []), 3), about: "images a second, median"},
    {name: "time", value: duration(trainedSeconds(run)), about: "with validation"},
  ];
}

/** The runs at a glance; with several, also what tells their lines apart. */
function overview(runs, curves) {
  if (runs.length === 1) {
    return element("dl", {class: "facts"}, facts(runs[0]).map(fact => element("div", {}, element("dt", {}, fact.name),
      element("dd", {}, fact.value), element("dd", {class: "soft"}, fact.about))));
  }
  const rows = runs.map(run => element("tr", {},
    element("th", {scope: "row"}, element("label", {}, element("input", {type: "checkbox", checked: !curves.hidden.has(run.index),
      "aria-label": `Show ${run.name}`, change: event => curves.toggle(run, event.target.checked)}), swatch({width: 2, ...look(run.index)}), given(run.name))),
    facts(run).map(fact => element("td", {class: "number", "data-label": fact.name}, fact.value))));
  return element("table", {class: "overview"}, element("caption", {class: "unseen"}, "The runs"), element("thead", {}, element("tr", {},
    element("th", {scope: "col"}, "run"), facts(runs[0]).map(fact => element("th", {scope: "col", class: "number"}, fact.name)))), element("tbody", {}, rows));
}

function notices(runs) {
  return runs.flatMap(run => run.warnings.map(warning => element("li", {}, runs.length > 1 ? [element("b", {}, given(run.name)), ": "] : "", given(warning))));
}

/** What a run's network has learnt. */
function learnt(run) {
  const findings = run.findings ?? {};
  const parts = [];
  const filters = findings.filters ?? run.filters;
  const add = (list, make) => {
    if (list?.length > 0) {
      parts.push(make(list, findings.model));
    }
  };
  if (filters) {
    parts.push(filterFigure(filters));
  }
  add(findings.predictions, predictionFigure);
  add(findings.neighbours, neighbourFigure);
  add(findings.confusions, confusionFigure);
  add(findings.classes, classFigure);
  add(findings.layers, timeFigure);
  add(run.layers, layerFigure);
  add(findings.notes, notes => element("ul", {class: "notes"}, notes.map(note => element("li", {}, given(note)))));
  return parts;
}

function missing(runs) {
  const said = runs.flatMap(run => [...(run.findings?.leftOut ?? []), ...run.leftOut].map(text =>
    element("li", {}, runs.length > 1 ? [element("b", {}, given(run.name)), ": "] : "", given(text))));
  return said.length === 0 ? null : element("section", {id: "left-out"}, element("h2", {}, "Left out"), element("ul", {}, said));
}

/** The page of the runs: built once, its parts filled again when there is something new. */
class Report {

  constructor(data) {
    this.live = data.live ?? null;
    this.take(data);
    this.curves = new Curves(this.runs, isDark() ? "dark" : "light");
    this.chosen = 0;
    this.status = element("p", {class: "status", role: "status"});
    this.overview = element("div");
    this.warnings = element("ul");
    this.warningCount = element("summary");
    this.warningList = element("details", {}, this.warningCount, this.warnings);
    this.warned = element("aside", {class: "warnings", hidden: true, "aria-label": "Warnings"}, this.warningList);
    this.learnt = element("div");
    this.learntSection = element("section", {id: "learnt"}, element("h2", {}, "What the network has learnt"), this.choice(), this.learnt);
    this.setup = element("section", {id: "setup"});
    this.missing = element("div");
    this.title = element("h1");
    document.getElementById("page").replaceChildren(
      element("header", {}, element("div", {}, element("p", {class: "kicker"}, this.live ? "AlexNet, training now" : "AlexNet, training report"), this.title),
        this.themes()),
      this.status,
      element("main", {id: "content"}, this.warned, this.overview,
        element("section", {id: "curves"}, element("h2", {}, "Curves"), this.curves.toolbar, this.curves.root),
        this.learntSection, this.setup, this.missing));
    this.fill();
  }

  take(data) {
    this.runs = data.runs.map((run, index) => ({...run, index}));
  }

  choice() {
    if (this.runs.length === 1) {
      return null;
    }
    return element("fieldset", {class: "choice"}, element("legend", {}, "Of"), this.runs.map(run => element("label", {},
      element("input", {type: "radio", name: "run", checked: run.index === 0, change: () => {
        this.chosen = run.index;
        this.fillLearnt();
      }}), given(run.name))));
  }

  themes() {
    const saved = remembered() ?? "auto";
    return element("fieldset", {class: "themes"}, element("legend", {class: "unseen"}, "Colours"), Object.keys(THEMES).map(name => element("label", {},
      element("input", {type: "radio", name: "theme", checked: name === saved, change: () => {
        remember(name);
        this.theme(name);
      }}), name)));
  }

  theme(name) {
    document.documentElement.style.colorScheme = resolved(name);
    this.curves.change({theme: resolved(name)});
    this.fillOverview();
  }

  fill() {
    document.title = (this.live ? "live: " : "") + this.runs.map(run => run.name).join(", ") + " – AlexNet";
    this.title.replaceChildren(this.runs.length === 1 ? given(this.runs[0].name) : `${this.runs.length} runs`);
    this.fillCurves();
    const warnings = notices(this.runs);
    if (this.warned.hidden && warnings.length > 0) {
      this.warned.hidden = false;
      this.warningList.open = warnings.length <= FEW_WARNINGS;
    }
    this.warningCount.textContent = warnings.length === 1 ? "Warning" : `${warnings.length} warnings`;
    this.warnings.replaceChildren(...warnings);
    this.fillLearnt();
    const parts = setup(this.runs);
    this.setup.hidden = parts.length === 0;
    this.setup.replaceChildren(element("h2", {}, "How it was set up"), ...parts);
    this.missing.replaceChildren(missing(this.runs) ?? "");
  }

  fillCurves() {
    this.fillOverview();
    this.curves.show(this.runs);
  }

  fillOverview() {
    this.overview.replaceChildren(overview(this.runs, this.curves));
  }

  fillLearnt() {
    const parts = learnt(this.runs[this.chosen]);
    this.learntSection.hidden = this.runs.every(run => learnt(run).length === 0);
    this.learnt.replaceChildren(...parts);
  }
}

function remembered() {
  try {
    return localStorage.getItem("theme") in THEMES ? localStorage.getItem("theme") : null;
  } catch {
    // A page from a file may have no storage.
    return null;
  }
}

function remember(name) {
  try {
    localStorage.setItem("theme", name);
  } catch {
    // It lasts as long as the page then.
  }
}

const darkSystem = matchMedia("(prefers-color-scheme: dark)");

function resolved(name) {
  return name !== "auto" ? name : darkSystem.matches ? "dark" : "light";
}

document.documentElement.style.colorScheme = resolved(remembered() ?? "auto");
const report = new Report(JSON.parse(document.getElementById("data").textContent));
darkSystem.addEventListener("change", () => report.theme(remembered() ?? "auto"));
addEventListener("beforeprint", () => report.theme("light"));
addEventListener("afterprint", () => report.theme(remembered() ?? "auto"));
if (report.live) {
  new Live(report);
}
