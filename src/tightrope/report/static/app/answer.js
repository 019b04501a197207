// What the levers change, at the top of every view: who gains, who loses, by how much, and what does it.

import { clear, h, signed } from './dom.js'
import { certain, nameOf } from './gap.js'

const LEANINGS = 4
const JUDGEMENTS = 2

export function answer(element, app) {
  const tell = () => {
    const shown = app.moved() && app.frame !== null
    element.hidden = !shown
    if (shown) clear(element, line(app))
  }
  for (const name of ['frame', 'levers', 'situation']) app.on(name, tell)
  // Numbers of the move before are not those of this one.
  app.on('status', status => element.classList.toggle('stale', status === 'running'))
  tell()
}

function line(app) {
  const { frame, situation } = app
  const shares = frame.header.leanings.filter(one => certain(one.gap)).sort((one, other) => Math.abs(other.gap[0]) - Math.abs(one.gap[0]))
  const judged = frame.header.judgements.filter(one => one.gap && certain([one.gap.mean, one.gap.low, one.gap.high]))
    .sort((one, other) => Math.abs(other.gap.mean) - Math.abs(one.gap.mean))
  return h('p', null,
    h('b', { dir: 'auto' }, nameOf(app)), h('span', { class: 'by' }, `against the case as it is, by ${situation.months.at(-1)}:`),
    shares.length ? [shares.slice(0, LEANINGS).map(one => leaning(one)), h('span', { class: 'by' }, `points of alignment${shares.length > LEANINGS ? ', the others less' : ''}`), reason(shares[0], app)] : h('span', null, 'nothing it leans on moves by more than chance'),
    judged.slice(0, JUDGEMENTS).map(one => h('span', { class: 'odds', dir: 'auto' }, h('b', null, signed(100 * one.gap.mean)), ` of 100: ${one.clause}`)),
    frame.header.judgements.length > judged.length ? h('span', { class: 'by' }, `${judged.length ? 'the other judgements' : 'all judgements'} within chance`) : null,
    app.state.view === 'judgements' ? null : h('button', { type: 'button', class: 'link', onclick: () => app.open('judgements') }, 'how sure'))
}

const leaning = ({ title, gap: [mean, low, high] }) => h('span', { class: mean > 0 ? 'gain' : 'loss', title: `${signed(low)} to ${signed(high)}, 90 % interval of chance alone` }, `${title} `, h('b', null, signed(mean)))

/** What moved the first of them, in a few words, and where all of it stands. */
const reason = ({ id, title, chief }, app) => h('span', { class: 'reason' }, `${title}${chief ? `: ${chief}` : ''} `,
  h('button', { type: 'button', class: 'link', 'aria-label': `Why ${title} moves`, onclick: () => app.open('why', { power: id.replace('share-', '') }) }, 'why'))
