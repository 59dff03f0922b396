// The scorecard: a packet filled in on the screen. It lives in this tab until somebody keeps it or saves it.
(() => {
  'use strict';

  const FORMAT = 'askbook-scorecard';
  const VERSION = 1;
  const LARGEST_FILE = 1_000_000;

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
      row.querySelector('.rated').value = rating === 'n/a' ? 'N/A' : rating;
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
      show('mean', (sum / weights).toFixed(1));
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
  const list = words => words.join(', ').replace(/, ([^,]*)$/, ' and $1');

  /** Why a choice and the numbers disagree, or nothing. The upper half of the choices speaks for hiring. */
  const disagreement = (choice, means) => {
    const below = means.filter(({ reaches }) => !reaches);
    const isFor = choices.indexOf(choice) >= choices.length / 2;
    if (isFor && below.length) return `${list(below.map(it => it.title))} ${below.length > 1 ? 'are' : 'is'} below the bar`;
    return !isFor && means.length && !below.length ? 'every mean reaches its bar' : '';
  };

  /** The recommendation comes after the arithmetic, and needs a reason where it disagrees. */
  const judge = () => {
    const means = sumUp();
    const wanted = means.filter(it => !reads.length || reads.includes(it.id));
    form.querySelector('.verdict').replaceChildren(...wanted.map(it => {
      const line = document.createElement('li');
      line.textContent = `${it.title}: `
        + (it.isRead ? `${it.mean}, ${it.reaches ? 'reaches' : 'below'} the bar of ${it.bar}` : 'not rated');
      line.classList.toggle('below', it.isRead && !it.reaches);
      return line;
    }));
    const open = scored.filter(row => !ratingOf(row)).map(row => row.cells[0].textContent);
    recommendation.disabled = open.length > 0;
    set(form.querySelector('.gate'), open.length
      ? `First rate every question, or tick N/A. Still open: ${open.join(', ')}.`
      : 'Every question is rated.');
    const choice = form.elements.recommendation.value;
    const why = choice && !open.length && disagreement(choice, wanted.filter(it => it.isRead));
    set(form.querySelector('.judgement'), !why ? ''
      : `You chose “${choice}”, yet ${why}. `
        + (reason.textContent.trim() ? 'Your reason stands below.' : 'Write the reason into the notes below.'));
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
    const lines = [`# Scorecard: ${plain(title)}`, `- Packet: ${id}, revision ${revision}`];
    for (const field of all('.cover .field')) {
      const value = field.querySelector('input').value.trim();
      if (value) lines.push(`- ${field.querySelector('span').textContent.replace(/ \(.*/, '')}: ${plain(value)}`);
    }
    lines.push('', '## Summary', '', '| Competency | Mean | Bar |', '|---|---|---|');
    for (const it of judge()) if (it.isRead) lines.push(`| ${plain(it.title)} | ${it.mean} | ${it.bar} |`);
    const { recommendation: choice = 'none', reason: why } = record.session;
    lines.push('', `Recommendation: **${plain(choice)}**`);
    if (why) lines.push('', quote(why));
    for (const question of questions) {
      const values = record.questions[question.id];
      const seconds = own(record.clock.seconds, question.id);
      const row = form.querySelector(`.scores [data-question="${question.anchor}"]`);
      lines.push('', `## ${plain(question.title)}`, '', `- Rating: ${values.rating ?? 'none'} (bar ${row.dataset.bar})`);
      if (seconds) lines.push(`- Minutes: ${Math.round(seconds / 60)}`);
      if (values.evidence) lines.push(`- Evidence: ${plain(values.evidence)}`);
      for (const { part, key, title } of places) {
        if (part !== question.id || !title || !values[key]) continue;
        lines.push('', `### ${title}`, '', ...values[key].map(text => `- ${plain(text)}`));
      }
      for (const key of ['notes', 'more-notes', 'answer-notes']) if (values[key]) lines.push('', '### Notes', '', quote(values[key]));
    }
    if (record.session['notes-questions']) lines.push('', '## What the candidate asked', '', quote(record.session['notes-questions']));
    return `${lines.join('\n')}\n`;
  };

  // ---------- keeping, saving, opening ----------

  const CARDS = `${FORMAT}:${id}:`;
  const MINE = CARDS + revision;
  const button = name => tools.querySelector(`[data-do="${name}"]`);
  const tell = text => { tools.querySelector('.news').textContent = text; };
  const when = stamp => new Date(stamp).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });

  const keptNote = tools.querySelector('.kept');
  const notKept = keptNote.textContent;
  const showKept = () => {
    keptNote.textContent = keptSince
      ? `Kept on this device since ${when(keptSince)}. Whoever uses this browser can read it.`
      : notKept;
    button('keep').textContent = keptSince ? 'Forget what is kept' : 'Keep on this device';
  };
  const keep = () => {
    clearTimeout(pending);
    pending = undefined;
    try {
      localStorage.setItem(MINE, JSON.stringify({ kept: keptSince, ...read(true) }));
      return true;
    } catch {
      keptSince = '';
      tell('This browser does not let the page keep anything, so nothing is kept. Save the card to a file instead.');
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
    tell(`Saved as ${name}.`);
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
    if (!isEmpty() && !await sure('This replaces what is filled in now.', 'Replace it')) return false;
    const lost = fill(record);
    changed();
    tell(lost.length ? `Filled in. This has no place here: ${lost.join('; ')}.` : 'Filled in.');
    return true;
  };

  /** What is wrong with a card, in words, or nothing. */
  const faultOf = record => {
    if (own(record, 'format') !== FORMAT) return 'This file is not a scorecard of Askbook.';
    if (record.version !== VERSION) return 'This card was saved by another version of Askbook.';
    if (own(record.packet, 'id') !== id) return `This card is of another packet: ${own(record.packet, 'title') ?? 'unnamed'}.`;
    const parts = [record.session, record.clock, record.questions, ...Object.values(record.questions ?? {})];
    return parts.every(isMap) ? '' : 'This card is damaged.';
  };
  const parse = text => {
    try { return JSON.parse(text); } catch { return undefined; }
  };

  let offered;
  const offer = (record, leave, key) => {
    offered = { record, key };
    const box = tools.querySelector('.offer');
    box.querySelector('p').textContent = `${key ? 'This device keeps a card' : 'This is a card'} of revision ${record.packet.revision}, `
      + `of ${when(record.saved)}. This packet is revision ${revision}: its questions may have changed.`;
    button('leave').textContent = leave;
    box.hidden = false;
  };
  const offerKept = () => {
    try {
      for (const key of Object.keys(localStorage)) {
        const record = key.startsWith(CARDS) && key !== MINE && parse(localStorage.getItem(key));
        if (record && !faultOf(record)) return offer(record, 'Forget it', key);
      }
    } catch { /* nothing can be kept here */ }
    tools.querySelector('.offer').hidden = true;
  };

  const open = async file => {
    if (file.size > LARGEST_FILE) return tell('This file is too large to be a scorecard.');
    const record = parse(await file.text());
    const fault = faultOf(record);
    if (fault) return tell(`${fault} Nothing was changed.`);
    if (record.packet.revision === revision) return take(record);
    tell('');
    return offer(record, 'Leave it');
  };

  const actions = {
    keep: () => {
      if (keptSince) {
        forget();
        return tell('Forgotten on this device. It is still on this page.');
      }
      keptSince = new Date().toISOString();
      if (!keep()) return undefined;
      showKept();
      return tell('Kept on this device.');
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
      if (!await sure('This empties every field, tick and time, and forgets what is kept on this device.', 'Clear the card')) return;
      forget();
      fill({});
      isUnsaved = false;
      tell('The card is empty.');
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
    tell('Another tab changed what is kept, so this tab no longer keeps its card.');
    showKept();
  });

  for (const box of all('.typed')) if (box.contentEditable !== 'plaintext-only') box.contentEditable = 'true';
  for (const cell of all('.scores input')) cell.readOnly = true;
  timer = window.askbookTimer(form, document.querySelector('.timer'), changed);
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
