/** Okabe and Ito's colours, which the colour-blind can tell apart, in the order of their contrast on light and on dark. */
const COLOURS = {
  light: ["#0072b2", "#d55e00", "#009e73", "#b5578f", "#000000", "#c98700", "#2a93cf"],
  dark: ["#56b4e9", "#e69f00", "#00b988", "#cc79a7", "#ffffff", "#f0e442", "#e8732a"],
};
const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3], [14, 4], [5, 2]];
const MARKERS = ["circle", "square", "triangle", "diamond", "cross"];
/** Distance in pixels within which marks would run into each other. */
const MARK_ROOM = 9;

function isDark() {
  return getComputedStyle(document.documentElement).colorScheme === "dark";
}

/** The look of the run of that number: colour, dashes and mark have different periods, so that no two are alike for long. */
function look(index) {
  const colours = COLOURS[isDark() ? "dark" : "light"];
  return {colour: colours[index % colours.length], dash: DASHES[index % DASHES.length], marker: MARKERS[index % MARKERS.length]};
}

/** A colour of the style sheet as it is in the current theme. */
function styled(name) {
  const probe = sized(element("span"), "color", `var(${name})`);
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

function mark(context, marker, x, y, radius) {
  context.beginPath();
  switch (marker) {
    case "circle":
      context.arc(x, y, radius, 0, 2 * Math.PI);
      break;
    case "square":
      context.rect(x - radius * 0.85, y - radius * 0.85, 1.7 * radius, 1.7 * radius);
      break;
    case "triangle":
      context.moveTo(x, y - 1.2 * radius);
      context.lineTo(x + 1.1 * radius, y + 0.8 * radius);
      context.lineTo(x - 1.1 * radius, y + 0.8 * radius);
      context.closePath();
      break;
    case "diamond":
      context.moveTo(x, y - 1.3 * radius);
      context.lineTo(x + 1.1 * radius, y);
      context.lineTo(x, y + 1.3 * radius);
      context.lineTo(x - 1.1 * radius, y);
      context.closePath();
      break;
    default:
      context.moveTo(x - radius, y - radius);
      context.lineTo(x + radius, y + radius);
      context.moveTo(x - radius, y + radius);
      context.lineTo(x + radius, y - radius);
  }
}

/** A sample of a line, as it stands beside its name. */
function swatch(line) {
  const canvas = element("canvas", {width: 72, height: 24, class: "swatch", "aria-hidden": "true"});
  const context = canvas.getContext("2d");
  context.scale(2, 2);
  context.strokeStyle = context.fillStyle = line.colour;
  context.globalAlpha = line.alpha ?? 1;
  context.lineWidth = line.width;
  context.setLineDash(line.dash);
  context.beginPath();
  context.moveTo(1, 6);
  context.lineTo(35, 6);
  context.stroke();
  if (line.marker) {
    context.setLineDash([]);
    context.lineWidth = 1.5;
    mark(context, line.marker, 18, 6, 3.5);
    context.fill();
    context.stroke();
  }
  return canvas;
}

/** Where in an ascending list the value next to another stands; -1 if the list is empty. */
function nearest(list, value) {
  let low = 0;
  let high = list.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low > 0 && value - list[low - 1] < list[low] - value ? low - 1 : list.length === 0 ? -1 : low;
}

/** Draws the marks of a line, but those that would run into the one before. */
function drawMarks(chart, index, marker) {
  uPlot.orient(chart, index, (series, xs, ys, scaleX, scaleY, toX, toY, left, top, width, height) => {
    const context = chart.ctx;
    const ratio = uPlot.pxRatio;
    context.save();
    context.beginPath();
    context.rect(left - 4 * ratio, top - 4 * ratio, width + 8 * ratio, height + 8 * ratio);
    context.clip();
    context.fillStyle = context.strokeStyle = series.stroke(chart, index);
    context.lineWidth = 1.5 * ratio;
    context.setLineDash([]);
    let before = -Infinity;
    for (let at = 0; at < xs.length; at++) {
      if (isNumber(ys[at]) && xs[at] >= scaleX.min && xs[at] <= scaleX.max) {
        const x = toX(xs[at], scaleX, width, left);
        if (x - before >= MARK_ROOM * ratio) {
          mark(context, marker, x, toY(ys[at], scaleY, height, top), 3.2 * ratio);
          context.fill();
          context.stroke();
          before = x;
        }
      }
    }
    context.restore();
  });
}

/** What a scale of shares shows: room around the values, but nothing that a share cannot be. */
function shareRange(chart, low, high) {
  const room = Math.max(0.01, 0.08 * (high - low));
  return [Math.max(0, low - room), Math.min(1, high + room)];
}

/** A figure of lines over the run's course, with the values beneath the pointer. */
class Chart {

  /**
   * @param id     of the figure
   * @param title  of the figure
   * @param about  a sentence for its caption
   * @param axis   what the values are, with their unit
   * @param tables of a view: for each run a list of x values and its lines
   * @param show   a value as text
   * @param tall   whether it has the whole width
   */
  constructor({id, title, about, axis, tables, show, tall = false, log = false, share = false}) {
    Object.assign(this, {id, axis, tables, show, log, share, height: tall ? 340 : 240});
    // Only the chart that keys move through speaks.
    this.plot = element("div", {class: "plot", tabindex: "0", role: "img", keydown: event => this.key(event),
      focus: () => this.readout.setAttribute("aria-live", "polite"), blur: () => this.readout.removeAttribute("aria-live")});
    this.head = element("span", {class: "where"});
    this.values = element("ul", {class: "values"});
    this.readout = element("div", {class: "readout"}, this.head, this.values);
    this.figure = figure(id, title, about, this.readout, this.plot);
    this.figure.classList.add("chart");
    this.figure.classList.toggle("tall", tall);
    this.title = title;
  }

  /** Draws the runs as a view wants them. */
  render(view) {
    this.view = view;
    const tables = this.tables(view).filter(table => table.x.length > 0 && table.lines.length > 0);
    this.figure.hidden = tables.length === 0;
    if (tables.length === 0) {
      return;
    }
    this.lines = tables.flatMap(table => table.lines.map(line => ({...line, x: table.x})));
    const data = uPlot.join(tables.map(table => [table.x, ...table.lines.map(line => line.y)]));
    const shape = JSON.stringify([view.theme, view.unit, view.log, this.lines.map(line => [line.name, line.colour, line.hidden])]);
    if (shape === this.shape) {
      this.chart.setData(data, false);
      this.zoom(view);
    } else {
      this.shape = shape;
      this.chart?.destroy();
      this.chart = new uPlot(this.options(view), data, this.plot);
      this.samples = new Map(this.lines.filter(line => !line.hidden && line.name).map(line => [line, swatch(line)]));
      this.resize();
    }
    this.read();
    this.plot.setAttribute("aria-label", this.title + ": " + this.lines.filter(line => line.name)
      .map(line => `${line.name} last ${this.show(last(line.y.filter(isNumber)))}`).join("; ") + ". Arrow keys tell values, + and − zoom.");
  }

  options(view) {
    const ink = styled("--soft");
    const grid = {stroke: styled("--grid"), width: 1};
    const font = "12px system-ui, sans-serif";
    const bands = this.lines.flatMap((line, at) => line.band ? [{series: [at + 2, at + 3], fill: line.band}] : []);
    return {
      width: this.plot.clientWidth || 600,
      height: this.height,
      legend: {show: false},
      padding: [12, 14, 0, 0],
      scales: {
        x: {time: false, range: () => this.view.range ?? this.view.full},
        y: {
          distr: this.log && view.log ? 3 : 1,
          range: this.share ? shareRange : undefined,
        },
      },
      axes: [
        {stroke: ink, grid, ticks: grid, font, labelFont: font, label: view.unitLabel, labelSize: 22, size: 30, space: 64,
          values: (chart, ticks) => ticks.map(tick => number(tick, 6))},
        {stroke: ink, grid, ticks: grid, font, labelFont: font, label: this.axis, labelSize: 22, space: 36,
          size: (chart, ticks) => 24 + 7 * Math.max(2, ...(ticks ?? []).map(tick => tick.length)),
          values: (chart, ticks) => ticks.map(tick => tick === null ? "" : this.share ? number(100 * tick) : number(tick))},
      ],
      series: [{}, ...this.lines.map(line => ({
        stroke: line.hidden ? "transparent" : line.alpha ? line.colour + Math.round(255 * line.alpha).toString(16).padStart(2, "0") : line.colour,
        width: line.hidden ? 0 : line.width,
        dash: line.dash,
        points: {show: line.marker ? (chart, index) => drawMarks(chart, index, line.marker) : line.x.length < 2, size: 6, fill: line.colour},
      }))],
      bands,
      cursor: {
        y: false,
        drag: {x: true, y: false, setScale: false},
        points: {show: false},
        bind: {dblclick: () => () => this.view.zoomTo(null)},
        sync: {key: "runs", scales: ["x", null], filters: {pub: type => type === "mousemove" || type === "mouseleave"}},
      },
      hooks: {
        setSelect: [chart => {
          const {left, width} = chart.select;
          if (width > 3) {
            this.view.zoomTo([chart.posToVal(left, "x"), chart.posToVal(left + width, "x")]);
          }
          chart.setSelect({left: 0, top: 0, width: 0, height: 0}, false);
        }],
        setCursor: [() => this.read()],
      },
    };
  }

  zoom(view) {
    this.view = view;
    if (this.chart && !this.figure.hidden) {
      const [min, max] = view.range ?? view.full;
      this.chart.setScale("x", {min, max});
    }
  }

  resize() {
    if (this.chart && this.plot.clientWidth > 0) {
      this.chart.setSize({width: this.plot.clientWidth, height: this.height});
    }
  }

  /** Tells the values beneath the pointer, or the last ones. */
  read() {
    const left = this.chart?.cursor.left ?? -1;
    const at = left >= 0 ? this.chart.posToVal(left, "x") : Infinity;
    let where = null;
    const rows = [];
    for (const line of this.lines) {
      if (line.hidden || !line.name) {
        continue;
      }
      const point = nearest(line.x, Math.min(at, last(line.x)));
      if (!line.constant) {
        where = where === null ? line.x[point] : Math.max(where, line.x[point]);
      }
      rows.push(element("li", {}, this.samples.get(line) ?? swatch(line), given(line.name), " ",
        element("span", {class: "number"}, this.show(line.y[point]))));
    }
    this.head.textContent = `${left >= 0 ? "At" : "Last, at"} ${this.view.unitName} ${number(where, this.view.unit.digits)}`;
    this.values.replaceChildren(...rows);
  }

  key(event) {
    const width = this.chart.over.clientWidth;
    const left = this.chart.cursor.left < 0 ? width : this.chart.cursor.left;
    const step = event.shiftKey ? width / 10 : Math.max(1, width / 100);
    const moves = {ArrowLeft: left - step, ArrowRight: left + step, Home: 0, End: width};
    if (event.key in moves) {
      this.chart.setCursor({left: Math.min(width, Math.max(0, moves[event.key])), top: 1});
    } else if (event.key === "+" || event.key === "=") {
      this.view.zoomBy(0.5, this.chart.posToVal(left, "x"));
    } else if (event.key === "-") {
      this.view.zoomBy(2, this.chart.posToVal(left, "x"));
    } else if (event.key === "0" || event.key === "Escape") {
      this.view.zoomTo(null);
    } else {
      return;
    }
    event.preventDefault();
  }
}
