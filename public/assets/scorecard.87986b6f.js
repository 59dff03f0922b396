// The scorecard: a packet filled in on the screen. It lives in this tab until somebody keeps it or saves it.
(() => {
  'use strict';

  const FORMAT = 'askbook-scorecard';
  const VERSION = 1;
  const LARGEST_FILE = 1_000_000;

  const words = JSON.parse(document.currentScript.dataset.words);
  const { lang } = document.documentElement;
  const plurals = new Intl.PluralRules(lang);
  const say = (word, values = {}) => {
    const text = typeof word === 'string' ? word : word[plurals.select(values.count)] ?? word.other;
    return text.replace(/\{([a-z_]+)\}/g, (mark, name) => values[name] ?? mark);
  };
  // How its readers write a date or a number, as far as they speak the language of the guide.
  const locale = navigator.languages.find(tag => tag.split('-')[0] === lang.split('-')[0]) ?? lang;
  const shown = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const shownMean = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

  const form = document.querySelector('form.packet');
  const tools = document.querySelector('.card-tools');
  const { packet: id, revision } = form.dataset;
  const title = form.querySelector('h1').textContent;
  const all = (selector, from = form) => [...from.querySelectorAll(selector)];
  const tidy = text => text.replace(/\s+/g, ' ').trim();
  const isMap = value => typeof value === 'object' && value !== null && !Array.isArray(value);
  const own = (map, key) => (isMap(map) && Object.hasOwn(map, key) ? map[key] : undefined);

  // ---------- what can be filled in: a place has a part (the session or a question), a key and a value ----------

  // A question's position may change with the revision of the packet; its id stays. No id is empty: that is the session.
  const place = (name, more) => {
    const [, anchor, key] = name.match(/^(question-\d+)-(.+)$/) ?? [null, null, name];
    return { part: anchor ? document.getElementById(anchor).dataset.questionId : '', key, ...more };
  };
  // Each `fill` answers with what does not fit.
  const ofText = input => place(input.name, {
    read: () => input.value.trim(),
    fill: (value = '') => { input.value = value; },
  });
  const ofNotes = box => place(box.getAttribute('aria-labelledby'), {
    read: () => box.innerText.trim(),
    fill: (value = '') => { box.textContent = value; },
  });
  const ofChoice = name => place(name, {
    read: () => form.elements[name].value,
    fill: value => {
      for (const radio of form.elements[name]) radio.checked = radio.value === value;
      return form.elements[name].value === (value ?? '') ? [] : [value];
    },
  });
  const labelOf = box => tidy(box.nextElementSibling.textContent).replace(/^\d+\. /, '');
  const ofTicks = section => {
    const boxes = all('[type="checkbox"]', section);
    const sheet = section.closest('.asked');
    return place(`${sheet ? `${sheet.id}-` : ''}${section.className}`, {
      title: tidy(section.querySelector('h3').firstChild.textContent),
      read: () => boxes.filter(box => box.checked).map(labelOf),
      fill: (value = []) => {
        for (const box of boxes) box.checked = value.includes(labelOf(box));
        const known = boxes.map(labelOf);
        return value.filter(text => !known.includes(text));
      },
    });
  };
  const places = [
    ...all('[type="text"][name], textarea[name]').map(ofText),
    ...all('.typed').map(ofNotes),
    ...[...new Set(all('[type="radio"]').map(radio => radio.name))].map(ofChoice),
    ...all('section:has(> .ticks)').map(ofTicks),
  ];
  const questions = all('.asked').map(sheet => ({
    id: sheet.dataset.questionId,
    anchor: sheet.id,
    title: tidy(sheet.querySelector('h2').textContent),
  }));

  // ---------- the arithmetic, as on paper ----------

  const scored = all('.scores [data-question]').filter(row => row.querySelector('.rated'));
  const ratingOf = row => form.elements[`${row.dataset.question}-rating`].value;
  const round = number => Number(number.toFixed(2));

  /** Writes the score summary. A question that was not asked counts neither above nor below the line. */
  const sumUp = () => {
    for (const row of scored) {
      const rating = ratingOf(row);
      row.querySelector('.rated').value = rating === 'n/a' ? words.not_assessed : rating;
      for (const cell of all('[data-weight]', row)) cell.value = rating === 'n/a' ? '' : rating;
    }
    return all('.scores [data-competency]').map((head, index) => {
      let [sum, weights, bars] = [0, 0, 0];
      for (const cell of all(`[data-column="${index + 1}"]`)) {
        if (!cell.value) continue;
        const weight = Number(cell.dataset.weight);
        sum += cell.value * weight;
        bars += cell.closest('tr').dataset.bar * weight;
        weights += weight;
      }
      const show = (name, value) => { form.querySelector(`[data-${name}="${index + 1}"]`).value = weights ? value : ''; };
      show('sum', sum);
      show('weights', weights);
      show('mean', shownMean.format(sum / weights));
      return {
        id: head.dataset.competency,
        title: tidy(head.textContent),
        isRead: weights > 0,
        reaches: sum >= bars,
        mean: round(sum / weights),
        bar: round(bars / weights),
      };
    });
  };

  const recommendation = form.querySelector('.recommendation');
  const choices = all('[name="recommendation"]').map(({ value }) => value);
  const reads = form.dataset.reads.split(' ').filter(Boolean);
  const reason = form.querySelector('.typed[aria-labelledby="reason"]');
  const set = (element, text) => { if (element.textContent !== text) element.textContent = text; };
  const list = texts => (texts.length < 2 ? texts.join()
    : say(words.and, { all: texts.slice(0, -1).join(', '), last: texts.at(-1) }));

  /** Why a choice and the numbers disagree, or nothing. The upper half of the choices speaks for hiring. */
  const disagreement = (choice, means) => {
    const below = means.filter(({ reaches }) => !reaches);
    const isFor = choices.indexOf(choice) >= choices.length / 2;
    if (isFor && below.length) return say(words.are_below, { count: below.length, competencies: list(below.map(it => it.title)) });
    return !isFor && means.length && !below.length ? words.all_reach : '';
  };

  /** The recommendation comes after the arithmetic, and needs a reason where it disagrees. */
  const judge = () => {
    const means = sumUp();
    const wanted = means.filter(it => !reads.length || reads.includes(it.id));
    form.querySelector('.verdict').replaceChildren(...wanted.map(it => {
      const line = document.createElement('li');
      const verdict = !it.isRead ? words.not_rated : it.reaches ? words.reaches : words.below;
      line.textContent = say(verdict, { competency: it.title, mean: shown.format(it.mean), bar: shown.format(it.bar) });
      line.classList.toggle('below', it.isRead && !it.reaches);
      return line;
    }));
    const open = scored.filter(row => !ratingOf(row)).map(row => row.cells[0].textContent);
    recommendation.disabled = open.length > 0;
    set(form.querySelector('.gate'), open.length ? say(words.open, { questions: open.join(', ') }) : words.rated);
    const choice = form.elements.recommendation.value;
    const why = choice && !open.length && disagreement(choice, wanted.filter(it => it.isRead));
    set(form.querySelector('.judgement'), !why ? ''
      : `${say(words.disagrees, { choice, reason: why })} ${reason.textContent.trim() ? words.reason_given : words.reason_wanted}`);
    return means;
  };

  // ---------- the card as data ----------

  let timer;
  let isUnsaved = false;
  let keptSince = '';
  let pending;
  const isEmpty = () => places.every(({ read }) => !read().length);

  const read = runsOn => {
    const record = {
      format: FORMAT, version: VERSION, packet: { id, revision, title }, saved: new Date().toISOString(),
      clock: timer.read(runsOn), session: {}, questions: {}, means: {},
    };
    for (const question of questions) record.questions[question.id] = { title: question.title };
    for (const { part, key, read } of places) {
      const value = read();
      if (value.length) (record.questions[part] ?? record.session)[key] = value;
    }
    for (const it of judge()) if (it.isRead) record.means[it.id] = { mean: it.mean, bar: it.bar };
    return record;
  };

  /** Fills in `record` and answers with what has no place here. */
  const fill = record => {
    const left = new Set();
    const nameOf = (part, key) => `${part || 'session'}: ${key}`;
    const parts = { ...record.questions, '': record.session };
    for (const part in parts) for (const key in parts[part]) if (key !== 'title') left.add(nameOf(part, key));
    for (const { part, key, read, fill } of places) {
      const given = own(own(parts, part), key);
      const isLike = Array.isArray(read()) ? Array.isArray(given) : typeof given === 'string';
      const lost = fill(isLike ? given : undefined) ?? [];
      if (isLike && !lost.length) left.delete(nameOf(part, key));
    }
    timer.fill(own(record, 'clock') ?? {}, record.saved);
    judge();
    return [...left];
  };

  const READABLE = /^[\w.-]+/;
  const fileNameOf = ({ session, saved }) => [id, (session.candidate ?? '').replace(/[^\w.-]+/g, '-'), saved.slice(0, 10)]
    .filter(part => READABLE.test(part)).join('_');

  const markdownOf = record => {
    const plain = text => text.replace(/[\\<`*_[\]|]/g, '\\$&');
    const quote = text => text.split('\n').map(line => `> ${plain(line)}`.trimEnd()).join('\n');
    const told = words.markdown;
    const lines = [`# ${say(told.title, { packet: plain(title) })}`, `- ${say(told.packet, { packet: id, revision })}`];
    for (const field of all('.cover .field')) {
      const value = field.querySelector('input').value.trim();
      if (value) lines.push(`- ${field.querySelector('span').textContent.replace(/ \(.*/, '')}: ${plain(value)}`);
    }
    lines.push('', `## ${told.summary}`, '', `| ${told.competency} | ${told.mean} | ${told.bar} |`, '|---|---|---|');
    for (const it of judge()) if (it.isRead) lines.push(`| ${plain(it.title)} | ${shown.format(it.mean)} | ${shown.format(it.bar)} |`);
    const { recommendation: choice = told.none, reason: why } = record.session;
    lines.push('', say(told.recommendation, { choice: `**${plain(choice)}**` }));
    if (why) lines.push('', quote(why));
    for (const question of questions) {
      const values = record.questions[question.id];
      const seconds = own(record.clock.seconds, question.id);
      const row = form.querySelector(`.scores [data-question="${question.anchor}"]`);
      const rating = values.rating === 'n/a' ? told.not_assessed : values.rating ?? told.none;
      lines.push('', `## ${plain(question.title)}`, '', `- ${say(told.rating, { rating, bar: row.dataset.bar })}`);
      if (seconds) lines.push(`- ${say(told.minutes, { minutes: Math.round(seconds / 60) })}`);
      if (values.evidence) lines.push(`- ${say(told.evidence, { evidence: plain(values.evidence) })}`);
      for (const { part, key, title } of places) {
        if (part !== question.id || !title || !values[key]) continue;
        lines.push('', `### ${title}`, '', ...values[key].map(text => `- ${plain(text)}`));
      }
      for (const key of ['notes', 'more-notes', 'answer-notes']) if (values[key]) lines.push('', `### ${told.notes}`, '', quote(values[key]));
    }
    if (record.session['notes-questions']) lines.push('', `## ${told.questions}`, '', quote(record.session['notes-questions']));
    return `${lines.join('\n')}\n`;
  };

  // ---------- keeping, saving, opening ----------

  const CARDS = `${FORMAT}:${id}:`;
  const MINE = CARDS + revision;
  const button = name => tools.querySelector(`[data-do="${name}"]`);
  const tell = text => { tools.querySelector('.news').textContent = text; };
  const when = stamp => new Date(stamp).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' });

  const keptNote = tools.querySelector('.kept');
  const showKept = () => {
    keptNote.textContent = keptSince
      ? say(words.kept, { time: when(keptSince) })
      : words.not_kept;
    button('keep').textContent = keptSince ? words.forget : words.keep;
  };
  const keep = () => {
    clearTimeout(pending);
    pending = undefined;
    try {
      localStorage.setItem(MINE, JSON.stringify({ kept: keptSince, ...read(true) }));
      return true;
    } catch {
      keptSince = '';
      tell(words.refused);
      showKept();
      return false;
    }
  };
  const forget = () => {
    clearTimeout(pending);
    pending = undefined;
    keptSince = '';
    try { localStorage.removeItem(MINE); } catch { /* then nothing was kept */ }
    showKept();
  };
  const changed = () => {
    isUnsaved = true;
    if (keptSince) pending ??= setTimeout(keep, 300);
  };

  const download = (type, text, name) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    isUnsaved = false;
    tell(say(words.saved, { file: name }));
  };

  const sure = (question, yes) => new Promise(resolve => {
    const dialog = document.querySelector('dialog.sure');
    dialog.querySelector('form > p').textContent = question;
    dialog.querySelector('[value="yes"]').textContent = yes;
    dialog.returnValue = '';
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
    dialog.showModal();
  });

  const take = async record => {
    if (!isEmpty() && !await sure(words.replaces, words.replace)) return false;
    const lost = fill(record);
    changed();
    tell(lost.length ? say(words.no_place, { places: lost.join('; ') }) : words.filled_in);
    return true;
  };

  /** What is wrong with a card, in words, or nothing. */
  const faultOf = record => {
    if (own(record, 'format') !== FORMAT) return words.no_card;
    if (record.version !== VERSION) return words.other_version;
    if (own(record.packet, 'id') !== id) return say(words.other_packet, { packet: own(record.packet, 'title') ?? words.unnamed });
    const parts = [record.session, record.clock, record.questions, ...Object.values(record.questions ?? {})];
    return parts.every(isMap) ? '' : words.damaged;
  };
  const parse = text => {
    try { return JSON.parse(text); } catch { return undefined; }
  };

  let offered;
  const offer = (record, leave, key) => {
    offered = { record, key };
    const box = tools.querySelector('.offer');
    const values = { revision: record.packet.revision, time: when(record.saved), current: revision };
    box.querySelector('p').textContent = say(key ? words.offer_kept : words.offer_file, values);
    button('leave').textContent = leave;
    box.hidden = false;
  };
  const offerKept = () => {
    try {
      for (const key of Object.keys(localStorage)) {
        const record = key.startsWith(CARDS) && key !== MINE && parse(localStorage.getItem(key));
        if (record && !faultOf(record)) return offer(record, words.leave_kept, key);
      }
    } catch { /* nothing can be kept here */ }
    tools.querySelector('.offer').hidden = true;
  };

  const open = async file => {
    if (file.size > LARGEST_FILE) return tell(words.too_large);
    const record = parse(await file.text());
    const fault = faultOf(record);
    if (fault) return tell(`${fault} ${words.unchanged}`);
    if (record.packet.revision === revision) return take(record);
    tell('');
    return offer(record, words.leave_file);
  };

  const actions = {
    keep: () => {
      if (keptSince) {
        forget();
        return tell(words.forgotten);
      }
      keptSince = new Date().toISOString();
      if (!keep()) return undefined;
      showKept();
      return tell(words.keeps);
    },
    json: () => {
      const record = read();
      download('application/json', `${JSON.stringify(record, null, 2)}\n`, `${fileNameOf(record)}.json`);
    },
    markdown: () => {
      const record = read();
      download('text/markdown', markdownOf(record), `${fileNameOf(record)}.md`);
    },
    clear: async () => {
      if (!await sure(words.clears, words.clear)) return;
      forget();
      fill({});
      isUnsaved = false;
      tell(words.cleared);
    },
    take: async () => {
      if (!await take(offered.record)) return;
      tools.querySelector('.offer').hidden = true;
      document.getElementById('page--card').focus();
    },
    leave: () => {
      if (offered.key) localStorage.removeItem(offered.key);
      document.getElementById('page--card').focus();
      offerKept();
    },
  };

  tools.addEventListener('click', ({ target }) => actions[target.dataset.do]?.());
  tools.querySelector('[type="file"]').addEventListener('change', ({ target }) => {
    if (target.files[0]) open(target.files[0]);
    // So that the same file can be opened again.
    target.value = '';
  });
  form.addEventListener('input', () => {
    judge();
    changed();
  });
  form.addEventListener('focusout', ({ target }) => {
    // What is emptied by hand may hold a line break, and would then be printed without ruled lines.
    if (target.isContentEditable && !target.innerText.trim()) target.textContent = '';
  });
  window.addEventListener('pagehide', () => { if (pending) keep(); });
  window.addEventListener('beforeunload', event => { if (isUnsaved && !keptSince) event.preventDefault(); });
  window.addEventListener('storage', ({ key }) => {
    if (key !== MINE || !keptSince) return;
    clearTimeout(pending);
    pending = undefined;
    keptSince = '';
    tell(words.other_tab);
    showKept();
  });

  for (const box of all('.typed')) if (box.contentEditable !== 'plaintext-only') box.contentEditable = 'true';
  for (const cell of all('.scores input')) cell.readOnly = true;
  timer = window.askbookTimer(form, document.querySelector('.timer'), say, changed);
  let kept;
  try { kept = parse(localStorage.getItem(MINE)); } catch { /* nothing can be kept here */ }
  if (kept && !faultOf(kept)) {
    fill(kept);
    keptSince = kept.kept;
  }
  judge();
  showKept();
  offerKept();
})();
