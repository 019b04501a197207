// The rest of the evidence: conflicts side by side, figures with each reading and the range that runs draw from, assumptions, sources.

import { h, note, svg, table } from '../dom.js'
import { named, published } from './evidence-claim.js'
import { reveal } from './evidence-passage.js'

const WEIGHT = { 3: 'bears on results', 2: 'should be known', 1: 'minor' }
const BOUNDS = { exact: '', about: 'about', lower: 'at least', upper: 'at most' }

/** A number as its source gives it: five digits that count. */
const plain = value => value.toLocaleString('en', { maximumSignificantDigits: 5 }).replace('-', '−')

const link = (text, onclick) => h('button', { type: 'button', class: 'link', onclick }, text)

/** Claims that cannot all be read at face value: a column for each source, or, within one source, for each claim. */
export function conflict(one, list) {
  const claims = one.claims.map(id => list.byId.get(id)).filter(Boolean)
  const sources = [...new Set(claims.map(claim => claim.source))]
  const columns = sources.length > 1 ? sources.map(source => claims.filter(claim => claim.source === source)) : claims.map(claim => [claim])
  return h('article', { class: 'record conflict', dataset: { conflict: one.id } },
    h('p', { class: 'kicker' }, h('span', { class: 'weight', 'aria-hidden': 'true' }, '●'.repeat(one.salience) + '○'.repeat(3 - one.salience)), ` weight ${one.salience} of 3, ${WEIGHT[one.salience] ?? ''} · ${one.kind}`),
    h('h3', null, one.what),
    h('div', { class: 'sides' }, columns.map(found => side(found, list))),
    one.likely ? h('p', { class: 'likely' }, h('b', null, 'Likely: '), one.likely) : null)
}

function side(found, list) {
  const source = list.sourceById.get(found[0].source)
  return h('div', { class: 'side' }, h('p', { class: 'kicker' }, named(source, found[0], list)), found.map(claim => {
    const passage = h('div', { class: 'passage', 'aria-live': 'polite' })
    return h('div', { class: 'said', dataset: { claim: claim.id, actor: claim.state ?? claim.actor, first: claim.first.slice(0, 7) } },
      h('p', { class: 'text', dir: 'auto' }, claim.paraphrase),
      h('p', { class: 'note' }, [claim.date, claim.where, claim.value].filter(Boolean).join(' · ')),
      claim.fault ? h('p', { class: 'fault' }, h('b', null, 'A fault of the source, so it sets nothing: '), claim.fault) : h('p', { class: 'note' }, h('b', null, 'Sets '), claim.sets),
      h('p', { class: 'acts' }, claim.place ? reveal(claim, passage, list) : null, link('The claim', () => list.show({ claim: claim.id }))), passage)
  }))
}

/** A figure: its readings as marks over the range that runs draw from, and the table behind. */
export function figure(one, list) {
  return h('article', { class: 'record figure', dataset: { figure: one.name } },
    h('p', { class: 'kicker' }, one.of_others ? 'of another state' : 'of the state of the case'),
    h('h3', null, one.meaning),
    h('p', { class: 'drawn' }, h('b', null, one.range), ` ${one.unit}`, h('span', { class: 'note' }, ' is what runs draw from')),
    one.low === null ? null : picture(one, list),
    one.assumed ? note(one.basis) : null,
    one.readings.length ? h('details', { class: 'behind' }, h('summary', null, `Table: ${one.readings.length} reading${one.readings.length === 1 ? '' : 's'}`), readings(one, list)) : null,
    h('p', { class: 'acts' }, h('span', { class: 'note id' }, `id ${one.name}`)))
}

function readings(one, list) {
  return table({
    caption: `${one.meaning}, ${one.unit}`, columns: [{ title: 'Source' }, { title: 'Value', num: true }, { title: 'Date' }, { title: 'Place' }, { title: 'Note' }],
    rows: one.readings.map(each => [cited(each.source, list), `${BOUNDS[each.bound]} ${plain(each.value)}`.trim(), each.date, each.where, each.note ?? '']),
  })
}

/** A source by its title; to its claims, where it has any in words. */
function cited(id, list) {
  const title = list.sourceById.get(id)?.title ?? id
  return list.told.claims.some(claim => claim.source === id) ? link(title, () => list.onlySource(id)) : title
}

function picture(one, list) {
  const values = [one.low, one.high, ...one.readings.map(each => each.value)]
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const x = value => 8 + 284 * (most > least ? (value - least) / (most - least) : 0.5)
  const mark = { exact: at => `M${at - 4} 14l4 -4 4 4 -4 4z`, about: at => `M${at - 4} 14l4 -4 4 4 -4 4z`, lower: at => `M${at - 3} 9l7 5 -7 5z`, upper: at => `M${at + 3} 9l-7 5 7 5z` }
  const said = one.readings.map(each => `${BOUNDS[each.bound]} ${plain(each.value)} (${list.sourceById.get(each.source)?.title ?? each.source})`.trim()).join(', ')
  return h('div', { class: 'hull', role: 'img', 'aria-label': `Runs draw from ${plain(one.low)} to ${plain(one.high)} ${one.unit}. Readings: ${said || 'none'}` },
    svg('svg', { viewBox: '0 0 300 24', 'aria-hidden': 'true' }, svg('path', { class: 'rail', d: 'M8 14h284' }),
      svg('path', { class: 'range', d: `M${x(one.low)} 14H${Math.max(x(one.high), x(one.low) + 0.5)}` }), one.readings.map(each => svg('path', { class: `mark ${each.bound}`, d: mark[each.bound](x(each.value)) }))),
    h('span', { class: 'ends', 'aria-hidden': 'true' }, h('span', null, plain(least)), h('span', null, most > least ? plain(most) : '')))
}

/** Parameters with their range, and on whose word it is. */
export const parameters = found => table({
  caption: 'Assumptions of the model: what each run draws from', columns: [{ title: 'What it is' }, { title: 'Range' }, { title: 'Unit' }, { title: 'On whose word' }],
  rows: found.map(one => [[one.meaning, ' ', h('small', { class: 'id' }, `id ${one.name}`)], h('span', { class: 'whole' }, one.range), one.unit, one.assumed ? h('span', { class: 'assumed' }, one.basis) : h('b', null, one.basis)]),
})

/** Who published what, when, and how much rests on it. */
export function source(one, list) {
  const { app } = list
  const leave = () => app.set({ without: [...new Set([...app.state.without, one.id])].sort() })
  return h('article', { class: 'record source', dataset: { source: one.id } },
    h('p', { class: 'kicker' }, h('b', null, one.kind), ` · ${published(one)}`),
    h('h3', null, one.title),
    one.why ? note(`Day: ${one.why}.`) : null,
    note(`${one.claims} claim${one.claims === 1 ? '' : 's'} and ${one.numbers} number${one.numbers === 1 ? '' : 's'} rest on it.${one.note ? ` ${one.note}` : ''}`),
    one.licence ? note(`Licence: ${one.licence}.`) : null,
    h('p', { class: 'acts' }, one.claims ? link('Its claims', () => list.onlySource(one.id)) : null,
      h('button', { type: 'button', class: 'link', 'aria-label': `Leave out “${one.title}”`, onclick: leave }, 'Leave it out of the model'), h('span', { class: 'note id' }, `id ${one.id}`)))
}
