// The clock of an interview: how long each part of the agenda takes, and how that compares with the plan.
(() => {
  'use strict';

  const words = JSON.parse(document.currentScript.dataset.words);
  const MINUTE = 60_000;
  // A clock that runs longer was forgotten, not watched.
  const LONGEST = 240 * MINUTE;

  // Whole seconds, reckoned from timestamps: a tab that sleeps misses its ticks.
  const clock = time => `${Math.floor(time / MINUTE)}:${String(Math.floor(time / 1000) % 60).padStart(2, '0')}`;
  const minutes = time => Math.floor(time / MINUTE);
  const TEXT = 'select, textarea, input:not([type="radio"], [type="checkbox"], [type="file"])';

  /** The timer of `form`, shown by `bar`. `say` fills words; `changed` is called when a person has turned it. */
  window.askbookTimer = (form, bar, say, changed) => {
    const part = selector => bar.querySelector(selector);
    const steps = [...form.querySelectorAll('[data-step]')].map(row => {
      const sheet = document.getElementById(row.dataset.step) || document.getElementById('scripts') || row.closest('.sheet');
      const name = sheet.dataset.questionId || row.dataset.step;
      return { row, sheet, name, title: row.cells[1].textContent, planned: row.dataset.minutes * MINUTE, spent: 0 };
    });
    const sheet = document.getElementById('summary');
    const summary = { sheet, name: 'summary', title: sheet.querySelector('h2').textContent, planned: 0 };
    const whole = form.dataset.minutes * MINUTE;
    let at = 0;
    let since = 0;
    let toldOver = false;

    const here = () => steps[at] || summary;
    const spent = step => step.spent + (since && step === here() ? Math.max(0, Date.now() - since) : 0);
    const total = () => steps.reduce((sum, step) => sum + spent(step), 0);
    const stop = () => {
      if (since) here().spent = spent(here());
      since = 0;
    };
    const note = (input, text) => { if (!input.value) input.value = text; };
    const now = () => new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    const start = () => {
      since = Date.now();
      note(form.elements.date, new Date().toLocaleDateString('en-CA'));
      note(form.elements.began, now());
      note(here().row.querySelector('input'), now());
    };

    const lag = () => {
      const before = steps.slice(0, at).reduce((sum, { planned }) => sum + planned, 0);
      const late = total() - before - Math.min(here().planned, at < steps.length ? spent(here()) : 0);
      if (Math.abs(late) < MINUTE) return words.on_time;
      return say(late > 0 ? words.behind : words.ahead, { minutes: minutes(Math.abs(late)) });
    };

    const show = () => {
      const step = here();
      const isTimed = step !== summary;
      const over = isTimed ? spent(step) - step.planned : -1;
      part('.spent').hidden = !isTimed;
      part('.spent .clock').textContent = clock(isTimed ? spent(step) : 0);
      part('.spent .planned').textContent = say(words.planned, { minutes: minutes(step.planned) });
      part('.excess').textContent = over < 0 ? '' : over < MINUTE ? words.up : say(words.over, { minutes: minutes(over) });
      part('.session .clock').textContent = clock(total());
      part('.session .planned').textContent = say(words.planned, { minutes: minutes(whole) });
      part('.lag').textContent = total() ? lag() : '';
      bar.classList.toggle('over', over >= 0);
      part('[data-turn="0"]').textContent = since ? words.pause : total() ? words.go_on : words.start;
      if (over >= 0 && !toldOver) part('[role="status"]').textContent = say(words.is_up, { part: step.title });
      toldOver = over >= 0;
    };

    const showPlace = () => {
      const step = here();
      part('.now a').textContent = step.title;
      part('.now a').hash = step.sheet.id;
      part('[data-turn="-1"]').disabled = !at;
      part('[data-turn="0"]').disabled = part('[data-turn="1"]').disabled = step === summary;
      part('[data-turn="1"] span').textContent = at === steps.length - 1 ? words.finish : words.next;
      for (const { row, sheet } of steps) {
        row.removeAttribute('aria-current');
        sheet.classList.remove('current');
      }
      summary.sheet.classList.toggle('current', step === summary);
      step.row?.setAttribute('aria-current', 'step');
      step.sheet.classList.add('current');
      toldOver = false;
      part('[role="status"]').textContent = '';
      show();
    };

    const turn = by => {
      if (by) {
        const isRunning = since;
        stop();
        at = Math.min(Math.max(at + by, 0), steps.length);
        if (isRunning && at < steps.length) start();
        if (isRunning && at === steps.length) note(form.elements.ended, now());
        const heading = here().sheet.querySelector('h2');
        heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
        here().sheet.scrollIntoView({ behavior: 'instant' });
      } else if (since) stop();
      else start();
      showPlace();
      changed();
    };

    bar.addEventListener('click', ({ target }) => {
      const button = target.closest('[data-turn]');
      if (button) turn(Number(button.dataset.turn));
    });
    document.addEventListener('keydown', event => {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const { target } = event;
      if (!by || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (target.matches(TEXT) || target.isContentEditable || target.closest('dialog') || at + by < 0 || at + by > steps.length) return;
      event.preventDefault();
      turn(by);
    });
    setInterval(() => { if (since) show(); }, 500);
    document.addEventListener('visibilitychange', show);
    showPlace();

    return {
      /** Where it stands. A kept clock runs on while its page is closed; a saved one stands still. */
      read: runsOn => ({
        at: here().name,
        ...(runsOn && since && { since }),
        seconds: Object.fromEntries(steps
          .map(step => [step.name, Math.floor((runsOn ? step.spent : spent(step)) / 1000)])
          .filter(([, seconds]) => seconds)),
      }),
      fill: ({ at: name, since: ran, seconds } = {}, saved) => {
        stop();
        for (const step of steps) step.spent = Math.max(0, Object.hasOwn(seconds ?? {}, step.name) && seconds[step.name] * 1000) || 0;
        at = name === 'summary' ? steps.length : Math.max(0, steps.findIndex(step => step.name === name));
        if (ran > 0 && steps[at]) {
          if (Date.now() - ran < LONGEST) since = ran;
          else steps[at].spent += Math.max(0, Date.parse(saved) - ran) || 0;
        }
        showPlace();
      },
    };
  };
})();
