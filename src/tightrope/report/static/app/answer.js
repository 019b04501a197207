// What the levers change, at the top of every view: who gains, who loses, by how much, and what does it.

import { clear, h, heightOf, signed } from './dom.js'
import { certain, nameOf } from './gap.js'

const LEANINGS = 4
const JUDGEMENTS = 1
const NOTHING = 'Nothing is moved: this is the case as it is. Move a lever or choose a scenario, and what changes is said here.'

export function answer(element, app) {
  // It stands there before anything is moved too: a lever must not slip away from under the hand that moves it.
  const tell = () => {
    const shown = app.moved() && app.frame !== null
    element.classList.toggle('still', !shown)
    clear(element, shown ? line(app) : h('p', null, h('span', { class: 'by' }, NOTHING)))
  }
  heightOf(element, '--said')
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
    shares.length ? [shares.slice(0, LEANINGS).map(leaning), h('span', { class: 'unit' }, 'points of alignment'), reason(shares[0], app)] : h('span', null, 'nothing it leans on moves by more than chance'),
    h('button', { type: 'button', class: 'link', onclick: () => app.open('judgements', { judgement: judged[0]?.id ?? null }) }, 'how sure'),
    judged.slice(0, JUDGEMENTS).map(one => h('span', { class: 'odds', dir: 'auto' }, h('b', null, signed(100 * one.gap.mean)), ` of 100: ${one.clause}`)),
    h('span', { class: 'by' }, others(judged.length, frame.header.judgements.length)))
}

/** How many judgements move beside those that are named, and whether any does not. */
function others(moved, all) {
  if (!moved) return 'all judgements within chance'
  const more = Math.max(0, moved - JUDGEMENTS)
  const still = all > moved ? `the ${all - moved === 1 ? 'other' : `other ${all - moved}`} within chance` : ''
  return [more ? `${more} more judgement${more === 1 ? '' : 's'} move${more === 1 ? 's' : ''}` : '', still].filter(Boolean).join(', ')
}

/** The first with the interval that chance alone leaves, the others with it where the pointer rests. */
const leaning = ({ title, gap: [mean, low, high] }, place) => h('span', { class: mean > 0 ? 'share gain' : 'share loss', title: `${signed(low)} to ${signed(high)}, 90 % interval of chance alone` },
  `${title} `, h('b', null, signed(mean)), place ? null : h('span', { class: 'by' }, ` (${signed(low)} to ${signed(high)})`))

/** What moved the first of them, in a few words, and where all of it stands. */
const reason = ({ id, title, chief }, app) => h('span', { class: 'reason' }, `${title}${chief ? `: ${chief}` : ''} `,
  h('button', { type: 'button', class: 'link', 'aria-label': `Why ${title} moves`, onclick: () => app.open('why', { power: id.replace('share-', '') }) }, 'why'))
