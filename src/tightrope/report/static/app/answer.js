// What the levers change, at the top of every view: who gains, who loses, by how much, how sure that is, and what does it.

import { clear, h, heightOf, signed, signedAlike } from './dom.js'
import { certain, judged, lastMonth, nameOf, soFar } from './gap.js'

const LEANINGS = 4
const NOTHING = 'Nothing is moved: this is the case as it is. Move a lever or choose a scenario, and what changes is said here.'

export function answer(element, app) {
  // It stands there before anything is moved too: a lever must not slip away from under the hand that moves it.
  const tell = () => {
    const shown = app.moved() && app.frame !== null
    element.classList.toggle('still', !shown)
    element.classList.toggle('early', shown && !app.frame.header.final)
    clear(element, shown ? lines(app) : h('p', null, h('span', { class: 'by' }, NOTHING)))
  }
  heightOf(element, '--said')
  for (const name of ['frame', 'levers', 'situation']) app.on(name, tell)
  // Numbers of the move before are not those of this one.
  app.on('status', status => element.classList.toggle('stale', status === 'running'))
  tell()
}

/** The largest first; of all runs those alone that chance would not make, of a preview whatever is not nothing. */
function ranked(all, gapOf, final) {
  const told = one => (final ? certain(gapOf(one)) : signed(gapOf(one)[0]) !== '0')
  return all.filter(told).sort((one, other) => Math.abs(gapOf(other)[0]) - Math.abs(gapOf(one)[0]))
}

function lines(app) {
  const { frame: { header }, frame } = app
  const shares = ranked(header.leanings, one => one.gap, header.final)
  const moved = ranked(header.judgements, judged, header.final)
  const preview = soFar(frame)
  const [first, ...others] = shares.slice(0, LEANINGS)
  const turned = signedAlike(...moved.map(one => judged(one)[0]))
  const means = signedAlike(...shares.map(one => one.gap[0]))
  return [h('p', null, spaced(
    h('b', { dir: 'auto' }, nameOf(app)), h('span', { class: 'by' }, `against the case as it is, by ${lastMonth(app)}:`),
    preview ? h('span', { class: 'preview' }, preview) : null,
    first ? share(first, app) : h('span', null, header.final ? 'nothing it leans on moves by more than chance' : 'nothing it leans on moves so far'),
    turn(first, others), others.map((one, at) => other(one, means[at + 1], app)))),
  h('p', { class: 'judged' }, spaced(moved.length ? judgement(moved[0], turned[0], app) : null,
    moved.slice(1, header.final ? undefined : 1).map((one, at) => further(one, turned[at + 1], app)),
    header.final ? h('span', { class: 'by' }, within(moved.length, header.judgements.length)) : null))]
}

/** With a space after each, where a line may end. */
const spaced = (...parts) => parts.flat().filter(Boolean).flatMap(part => [part, ' '])

/** What is left of the judgements: none moves, or so many do not. */
function within(moved, all) {
  if (!moved) return 'all judgements within chance'
  return all > moved ? `${all - moved} within chance` : ''
}

/** At whose cost, or to whose gain, where all others that are named go the other way. */
function turn(first, others) {
  if (!others.length || others.some(one => one.gap[0] > 0 === first.gap[0] > 0)) return null
  return h('span', { class: 'turn' }, first.gap[0] > 0 ? 'at the cost of' : 'to the gain of')
}

const tone = value => (value > 0 ? 'gain' : 'loss')

/** The power that moved most: its mean, what chance and what the runs leave open, how sure that is, and why it moves. */
function share({ id, title, gap, spread, chief }, app) {
  const [mean, error] = signedAlike(gap[0], (gap[2] - gap[1]) / 2)
  const [least, most] = signedAlike(...spread)
  return [h('span', { class: `share ${tone(gap[0])}` }, `${title} `, h('b', null, mean), ' points', h('span', { class: 'of' }, ' of alignment'), ','),
    h('span', { class: 'runs' }, 'in nine of ten runs ', h('b', null, `${least} to ${most}`)),
    h('span', { class: 'by' }, `(Monte Carlo error ±${error.replace('+', '')})`),
    h('button', { type: 'button', class: 'link', 'aria-label': `How sure: ${title}`, onclick: () => app.sure(id) }, 'how sure'),
    h('span', { class: 'reason' }, `${chief || 'what moves it'} `,
      h('button', { type: 'button', class: 'link', 'aria-label': `Why ${title} moves`, onclick: () => app.open('why', { power: id.replace('share-', '') }) }, 'why'))]
}

/** Another power: its mean, which leads to how sure it is. */
const other = ({ id, title, gap }, mean, app) => h('button', { type: 'button', class: `link share ${tone(gap[0])}`, title: 'How sure', onclick: () => app.sure(id) }, `${title} `, h('b', null, mean))

/** The judgement that moved most, in its words. */
const judgement = (one, by, app) => h('span', { class: 'odds', dir: 'auto' }, h('b', null, by), ` of 100 runs: ${one.clause} `,
  h('button', { type: 'button', class: 'link', 'aria-label': `Its card: ${one.clause}`, onclick: () => app.open('judgements', { judgement: one.id }) }, 'its card'))

/** The others that move, by their titles. */
const further = (one, by, app) => h('button', { type: 'button', class: 'link odds', dir: 'auto', title: one.clause, onclick: () => app.open('judgements', { judgement: one.id }) }, h('b', null, by), ` ${one.title}`)
