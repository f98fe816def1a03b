const POLL_MILLIS = 2000;
const ASK_SECONDS = 15;

/** A curve's points with those that are new behind the first {@code from}; what is not known there is null. */
function grown(values, added, from, count) {
  const before = values ?? Array(from).fill(null);
  return [...before.slice(0, from), ...(added ?? Array(count).fill(null))];
}

function grownCurves(before, added) {
  if (added.from === 0 || added.generation !== before.generation) {
    return added;
  }
  const {from, generation, stride} = added;
  const curves = {from: 0, generation, stride, step: grown(before.step, added.step, from, 0)};
  for (const quantity of ["loss", "lr", "rate", "waiting"]) {
    if (before[quantity] || added[quantity]) {
      const of = key => stride === 1 && key !== "mean" ? [] : grown(before[quantity]?.[key], added[quantity]?.[key], from, added.step.length);
      curves[quantity] = {mean: of("mean"), low: of("low"), high: of("high")};
    }
  }
  return curves;
}

/** Asks the server that the page comes from for what is new, until the run is over. */
class Live {

  constructor(report) {
    this.report = report;
    this.heard = new Date();
    this.tell();
    if (!report.live.over) {
      setTimeout(() => this.ask(), POLL_MILLIS);
    }
  }

  async ask() {
    const {curves} = this.report.runs[0];
    const query = new URLSearchParams(location.search);
    query.set("since", Math.max(0, curves.step.length - 1));
    query.set("generation", curves.generation);
    query.set("seen", this.report.live.version);
    try {
      const answer = await fetch("data.json?" + query, {signal: AbortSignal.timeout(1000 * ASK_SECONDS)});
      if (!answer.ok) {
        throw new Error(answer.statusText);
      }
      const data = await answer.json();
      this.heard = new Date();
      this.lost = false;
      this.take(data);
    } catch {
      this.lost = true;
    }
    this.tell();
    if (!this.report.live.over) {
      setTimeout(() => this.ask(), POLL_MILLIS);
    }
  }

  take(data) {
    const before = this.report.runs[0];
    const [added] = data.runs;
    const changed = data.live.version !== this.report.live.version;
    this.report.live = data.live;
    this.report.take({runs: [{...before, ...added, curves: grownCurves(before.curves, added.curves)}]});
    if (changed) {
      this.report.fill();
    } else {
      this.report.fillCurves();
    }
  }

  /** How the run stands, and whether this is still known. */
  tell() {
    const [run] = this.report.runs;
    const {state, over, secondsLeft} = this.report.live;
    const time = this.heard.toLocaleTimeString([], {hour: "2-digit", minute: "2-digit", second: "2-digit"});
    const said = this.lost ? `No answer since ${time}: the run has ended, or its machine is out of reach. Still asking.`
      : over ? `The run has ${state}.` : state;
    this.report.status.replaceChildren(
      element("span", {class: this.lost ? "dot lost" : "dot", "aria-hidden": "true"}), element("span", {}, said),
      ...(run.steps > 0 ? [element("progress", {max: run.steps, value: run.step, "aria-label": "Steps done"}),
        element("span", {class: "number"}, `${whole(run.step)} of ${whole(run.steps)} steps` + (secondsLeft > 0 && !over ? `, ${duration(secondsLeft)} left` : ""))] : []));
  }
}
