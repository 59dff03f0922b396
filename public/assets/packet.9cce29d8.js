// Chooses the paper of a packet, and carries ratings into its score summary.
(function () {
  "use strict";

  // Each paper has a style sheet of its own, because only a page rule can set the size.
  function choosePaper(paper) {
    for (const sheet of document.querySelectorAll("link[data-paper]")) {
      sheet.disabled = sheet.dataset.paper !== paper;
    }
  }

  function offerPaper(select) {
    const asked = new URLSearchParams(location.search).get("paper");
    if (asked === "a4" || asked === "letter") select.value = asked;
    choosePaper(select.value);
    select.addEventListener("change", function () { choosePaper(select.value); });
  }

  function offerSize(box) {
    const asked = new URLSearchParams(location.search).get("size");
    if (asked === "large" || asked === "normal") box.checked = asked === "large";
  }

  function carryRating(packet, row) {
    const chosen = packet.querySelector('input[name="' + row.dataset.question + '-rating"]:checked');
    const rated = row.querySelector(".rated");
    if (!chosen || !rated) return;
    rated.value = chosen.value === "n/a" ? "N/A" : chosen.value;
    for (const cell of row.querySelectorAll("[data-weight]")) cell.value = chosen.value === "n/a" ? "" : chosen.value;
  }

  // A question that was not asked counts neither above nor below the line.
  function sumUp(packet, column) {
    let sum = 0;
    let weights = 0;
    for (const cell of packet.querySelectorAll('[data-column="' + column + '"]')) {
      const rating = Number(cell.value);
      // A scale may have a point 0; an empty cell was not rated.
      if (!cell.value.trim() || Number.isNaN(rating)) continue;
      sum += rating * Number(cell.dataset.weight);
      weights += Number(cell.dataset.weight);
    }
    const show = function (name, text) { packet.querySelector("[data-" + name + '="' + column + '"]').value = text; };
    show("sum", weights ? String(sum) : "");
    show("weights", weights ? String(weights) : "");
    show("mean", weights ? (sum / weights).toFixed(1) : "");
  }

  function keepScore(packet) {
    const columns = packet.querySelectorAll("[data-sum]").length;
    packet.addEventListener("change", function (event) {
      const isRating = event.target.type === "radio" && event.target.name.endsWith("-rating");
      if (!isRating && !event.target.dataset.weight) return;
      const question = event.target.name.replace(/-rating$/, "");
      // Only the row of what was rated: the others may have been corrected by hand.
      if (isRating) for (const row of packet.querySelectorAll('[data-question="' + question + '"]')) carryRating(packet, row);
      for (let column = 1; column <= columns; column += 1) sumUp(packet, column);
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    offerPaper(document.querySelector("select.paper"));
    const size = document.getElementById("page--large");
    if (size) offerSize(size);
    const packet = document.querySelector("form.packet");
    if (packet) keepScore(packet);
  });
})();
