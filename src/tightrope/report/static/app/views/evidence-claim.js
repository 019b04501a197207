// A claim as a card: who says what of whom, when and where; how strong; what it sets; and the passage, where texts are.

import { h, svg } from '../dom.js'
import { reveal } from './evidence-passage.js'

export function card(one, list) {
  const passage = h('div', { class: 'passage', 'aria-live': 'polite' })
  const conflicts = one.disputed.filter(id => list.conflictById.has(id))
  return h('article', { class: 'record', dataset: { claim: one.id, actor: one.state ?? one.actor, first: one.first.slice(0, 7) } },
    h('p', { class: 'kicker' }, h('b', null, one.kind), ` · ${one.about} · ${one.date}`, h('span', { class: 'when' })),
    h('p', { class: 'text', dir: 'auto' }, one.paraphrase),
    meter(one), facts(one, list),
    one.fault ? h('p', { class: 'fault' }, h('b', null, 'A fault of the source, so it sets nothing: '), one.fault) : null,
    h('p', { class: 'acts' },
      one.place ? reveal(one, passage, list) : null,
      conflicts.length ? link(`In ${conflicts.length} conflict${conflicts.length > 1 ? 's' : ''}`, () => list.onlyConflicts(conflicts)) : null,
      one.figure ? link('The figure', () => list.show({ figure: one.figure })) : null,
      one.state ? link('On the map', () => { list.app.select({ kind: 'actor', id: one.state }); list.app.open('map', { actor: one.state }) }) : null,
      select(one, list), h('span', { class: 'note id' }, `id ${one.id}`)),
    passage)
}

const link = (text, onclick) => h('button', { type: 'button', class: 'link', onclick }, text)

function select(one, { app }) {
  const flip = () => app.select(app.state.selection?.kind === 'claim' && app.state.selection.id === one.id ? null : { kind: 'claim', id: one.id })
  return h('button', { type: 'button', class: 'link', 'aria-pressed': 'false', 'aria-label': `Mark ${one.id}`, onclick: flip }, 'Mark')
}

function facts(one, list) {
  const source = list.sourceById.get(one.source)
  const told = one.told > 1 ? ` · one of ${one.told} claims of the same thing, which counts once` : ''
  return [
    h('p', { class: 'note' }, named(source, one, list), `; ${one.where}${told}`),
    h('p', { class: 'note' }, h('b', null, 'Sets '), one.sets.replace(/^nothing: /, 'nothing: ')),
    one.note ? h('p', { class: 'note', dir: 'auto' }, h('b', null, 'Note '), one.note) : null,
  ]
}

/** A source by its title, which leads to all that it says, with who published it and when. */
export function named(source, { source: id, source_title: title }, list) {
  return [h('button', { type: 'button', class: 'link', title: 'Show all that it says', onclick: () => list.onlySource(id) }, `“${title}”`), source ? ` ${published(source)}` : '']
}

/** Author, publisher and day; of what nobody signed, that. */
export function published({ author, publisher, published: day }) {
  return [author, publisher.replace(/^unknown(?=;|$)/, 'publisher unknown'), day].filter(Boolean).join(', ')
}

/** How strong, on a line: a stance from −1 to +1, a strength from 0 to 1; the number stands beside it. */
function meter(one) {
  const value = one.stance ?? one.strength
  const strength = one.value || (one.strength !== null && one.strength < 1 ? `strength ${one.strength.toFixed(2)}` : '')
  const text = [strength, one.by && `by ${one.by}`].filter(Boolean).join(' · ')
  if (value === null || !strength) return text ? h('p', { class: 'note' }, text) : null
  const x = one.stance === null ? 2 + 76 * value : 40 + 38 * value
  const zero = one.stance === null ? 2 : 40
  return h('p', { class: 'meter' },
    svg('svg', { viewBox: '0 0 80 12', 'aria-hidden': 'true' }, svg('path', { class: 'rail', d: `M2 6h76M${zero} 2v8` }), svg('path', { class: 'reach', d: `M${zero} 6H${x}` }), svg('circle', { cx: x, cy: 6, r: 3.4 })),
    h('span', null, text))
}
