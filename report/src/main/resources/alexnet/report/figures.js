function photograph(photo, label) {
  return element("img", {src: photo.image, alt: label, title: photo.name, loading: "lazy", class: "photo"});
}

/** Both groups' filters, each on a sheet of its own. */
function filterFigure(filters) {
  const half = filters.filters / 2;
  const bytes = Uint8Array.from(atob(filters.pixels), letter => letter.charCodeAt(0));
  const sheets = [0, 1].map(group => {
    const label = `The ${half} filters of group ${group + 1}`;
    return element("div", {class: "sheet"}, element("h3", {}, `Group ${group + 1}`, element("span", {}, ` – filters ${group * half + 1} to ${(group + 1) * half}`)),
      filterSheet(bytes, filters.size, group * half, half, label));
  });
  const grey = filters.channels === 1 ? " The images are grey, so the filters are." : "";
  return figure("filters", "Filters of the first layer",
    `${filters.filters} kernels of ${filters.size} × ${filters.size} × ${filters.channels}, learnt by two groups that see the same images and, in this layer, nothing of each other: `
    + `in 2012 one group's turned out colour-blind and the other's colourful. Each is stretched to its own range.${grey}`,
    element("div", {class: "sheets"}, sheets));
}

function filterSheet(bytes, size, from, count, label) {
  const columns = 8;
  const rows = Math.ceil(count / columns);
  const cell = size + 1;
  const canvas = element("canvas", {width: columns * cell - 1, height: rows * cell - 1, role: "img", "aria-label": label});
  const context = canvas.getContext("2d");
  for (let filter = 0; filter < count; filter++) {
    const image = context.createImageData(size, size);
    for (let pixel = 0; pixel < size * size; pixel++) {
      const at = 3 * ((from + filter) * size * size + pixel);
      image.data.set([bytes[at], bytes[at + 1], bytes[at + 2], 255], 4 * pixel);
    }
    context.putImageData(image, (filter % columns) * cell, Math.floor(filter / columns) * cell);
  }
  return canvas;
}

/** Photographs with their likeliest classes, as in the paper's figure 4. */
function predictionFigure(predictions, model) {
  const cards = predictions.map(({photograph: photo, guesses}) => {
    const right = guesses.findIndex(guess => guess.className === photo.className);
    const verdict = right === 0 ? "right" : right > 0 ? `right at place ${right + 1}` : "wrong";
    return element("li", {class: "card"}, photograph(photo, `Photograph of ${photo.className}`),
      element("p", {class: "truth"}, given(photo.className), element("span", {class: right === 0 ? "yes" : "no"}, right === 0 ? " ✓" : right > 0 ? " ○" : " ✗", element("span", {class: "unseen"}, verdict))),
      element("ol", {class: "guesses"}, guesses.map((guess, at) => element("li", {class: at === right ? "right" : null},
        sized(element("span", {class: "bar"}), "width", `${100 * Math.min(1, Math.max(0, guess.probability))}%`),
        element("span", {class: "name"}, at === right ? "✓ " : "", given(guess.className)), element("span", {class: "number"}, percent(guess.probability))))));
  });
  return figure("predictions", "What the network sees",
    `Validation photographs, what they are, and the classes that ${model} thinks likeliest; bars are probabilities. ✓ right, ○ right among the five, ✗ wrong.`,
    element("ul", {class: "cards"}, cards));
}

/** Photographs and those that are nearest to them in the last hidden layer. */
function neighbourFigure(neighbours) {
  const rows = neighbours.map(({query, nearest: near}) => element("li", {class: "row"},
    element("div", {class: "tile query"}, photograph(query, `Photograph of ${query.className}`), element("p", {}, given(query.className))),
    element("ol", {class: "strip"}, near.map(({photograph: photo, distance}) => element("li", {class: photo.className === query.className ? "tile" : "tile other"},
      photograph(photo, `Photograph of ${photo.className}`),
      element("p", {}, photo.className === query.className ? "" : "≠ ", given(photo.className), " ", element("span", {class: "number"}, number(distance, 3))))))));
  return figure("neighbours", "Nearest neighbours in fc7",
    "Each row begins with a validation photograph; behind it are the training photographs whose activations in the last hidden layer are nearest, with the Euclidean distance. ≠ marks another class.",
    element("ul", {class: "rows"}, rows));
}

/** Pairs of classes that are taken for each other. */
function confusionFigure(confusions) {
  const rows = confusions.map(({trueClass, predicted, count, images, examples}) => element("li", {class: "row"},
    element("div", {class: "pair"},
      element("p", {}, element("b", {}, given(trueClass)), " taken for ", element("b", {}, given(predicted))),
      sized(element("span", {class: "bar"}), "width", `${100 * count / Math.max(1, images)}%`),
      element("p", {class: "soft"}, `${whole(count)} of ${whole(images)} images, ${percent(count / Math.max(1, images))}`)),
    element("ul", {class: "strip"}, examples.map(photo => element("li", {class: "tile"}, photograph(photo, `Photograph of ${photo.className}`))))));
  return figure("confusions", "Most confused classes", "How often validation images of one class are taken for another, with some of them.",
    element("ul", {class: "rows two"}, rows));
}

/** Time of each layer of a step. */
function timeFigure(layers) {
  const longest = Math.max(...layers.map(layer => layer.forwardMillis + layer.backwardMillis), 1e-9);
  const all = sum(layers.map(layer => layer.forwardMillis + layer.backwardMillis));
  const rows = layers.map(layer => element("tr", {}, element("th", {scope: "row"}, given(layer.layer)),
    element("td", {class: "number"}, number(layer.forwardMillis, 3)), element("td", {class: "number"}, number(layer.backwardMillis, 3)),
    element("td", {class: "number share"}, percent((layer.forwardMillis + layer.backwardMillis) / all)),
    element("td", {class: "stack", "aria-hidden": "true"}, sized(element("span", {class: "bar"}), "width", `${100 * layer.forwardMillis / longest}%`),
      sized(element("span", {class: "bar back"}), "width", `${100 * layer.backwardMillis / longest}%`))));
  return figure("times", "Time of a layer", "In a training step, on both groups' devices. The plain part of a bar is forward, the striped one backward and update.",
    element("table", {class: "times"}, element("thead", {}, element("tr", {}, ["layer", "forward (ms)", "backward (ms)", "share", ""].map((name, at) =>
      name ? element("th", {scope: "col", class: at === 0 ? null : name === "share" ? "number share" : "number"}, name) : element("td", {class: "stack"})))), element("tbody", {}, rows)));
}
