// Marks reviews that are too old on the reader's day. A build has no clock, so its pages print dates and no ages.
(function () {
  "use strict";
  const words = JSON.parse(document.currentScript.dataset.words);
  const DAY = 24 * 60 * 60 * 1000;
  const now = new Date();
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());

  function isStale(date, days) {
    return today - Date.parse(date) > days * DAY;
  }

  function mark(time) {
    if (!isStale(time.dateTime, Number(time.dataset.staleAfter))) return;
    const sign = document.createElement("strong");
    sign.className = "stale-mark";
    sign.textContent = words.stale;
    time.classList.add("stale");
    time.after(" ", sign);
  }

  /** `reviews` are days, each with how many questions were last reviewed then: "2026-01-05 3,2026-02-06 1". */
  function countStale(reviews, days) {
    let count = 0;
    for (const review of reviews.split(",")) {
      const [date, questions] = review.split(" ");
      if (isStale(date, days)) count += Number(questions);
    }
    return count;
  }

  function say(place, count) {
    const form = new Intl.PluralRules(document.documentElement.lang).select(count);
    place.textContent = count ? (words.sum[form] || words.sum.other).replace("{count}", count) : words.none;
    place.classList.toggle("stale", count > 0);
    place.hidden = false;
  }

  document.querySelectorAll("time[data-stale-after]").forEach(mark);
  const bank = document.querySelector("[data-reviews]");
  if (!bank || !bank.dataset.reviews) return;
  const count = countStale(bank.dataset.reviews, Number(bank.dataset.staleAfter));
  document.querySelectorAll("[data-stale-sum]").forEach(function (place) { say(place, count); });
  document.querySelectorAll("[data-without-clock]").forEach(function (hint) { hint.hidden = true; });
})();
