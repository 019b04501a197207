// What is known of the thing that is selected: every claim for and against, each with a way to its evidence.

import { clear, failed, h, note, number } from '../dom.js'
import { KINDS } from './kinds.js'

const PART = 6

export class Panel {
  key = ''

  constructor(model) {
    this.model = model
    this.body = h('div', { class: 'panel-body' })
    this.element = h('aside', { class: 'map-panel', 'aria-label': 'What is selected' }, this.body)
  }

  /** Read and show what is selected, unless it is shown already. */
  async show() {
    const { model } = this
    const chosen = model.told
    const key = JSON.stringify([chosen, model.selection === null, model.where])
    if (key === this.key) return this.month()
    this.key = key
    if (chosen.kind === 'area') return this.#area(model.area(chosen.id))
    if (chosen.kind === 'actor' && !model.actors.has(chosen.id)) return this.#stranger(chosen.id)
    clear(this.body, note('Reading what is said …'))
    try {
      const told = await model.app.get('/api/network/evidence', { ...model.query, [chosen.kind]: chosen.id })
      if (this.key === key) this.#fill(told, chosen)
    } catch (error) {
      if (this.key === key) clear(this.body, failed(error))
    }
  }

  /** What follows the cursor: numbers, memberships, and which claims lie ahead of it. */
  month() {
    const chosen = this.model.told
    const place = this.body.querySelector('.panel-facts')
    if (place && chosen.kind === 'actor') place.replaceWith(this.#facts(chosen.id))
    for (const item of this.body.querySelectorAll('[data-first]')) {
      item.classList.toggle('later', this.model.month !== null && item.dataset.first.slice(0, 7) > this.model.month)
    }
  }

  #close() {
    if (this.model.selection === null) return null
    return h('button', { type: 'button', class: 'icon close', 'aria-label': 'Close', title: 'Close', onclick: () => this.model.app.select(null) }, '×')
  }

  #area(area) {
    const seat = area.entity && this.model.actors.has(area.entity)
    clear(this.body, h('div', { class: 'panel-head' }, h('h3', null, area.name), this.#close()),
      h('p', { class: 'kicker' }, 'Disputed'), h('p', null, area.said),
      note(`As of mid-2022, in our words. ${area.schematic ? 'The outline is schematic: a few points, not a survey.' : 'The outline is that of world-atlas.'}`),
      seat ? h('button', { type: 'button', onclick: () => this.model.app.select({ kind: 'actor', id: area.entity }) }, 'What the case says of it') : null)
  }

  #stranger(id) {
    const state = this.model.byId.get(id)
    clear(this.body, h('div', { class: 'panel-head' }, h('h3', null, state?.name ?? id), this.#close()), note('It plays no part of its own in this case, so nothing is said of it here.'))
  }

  #fill(told, chosen) {
    const kicker = chosen.kind === 'tie' ? KINDS[told.tie.kind].title : this.model.roleOf(chosen.id)
    const sides = told.claims.filter(one => one.on)
    const rest = told.claims.filter(one => !one.on)
    clear(this.body,
      h('div', { class: 'panel-head' }, h('h3', null, told.title), this.#close()),
      h('p', { class: 'kicker' }, kicker),
      this.model.selection === null ? note('Choose a state, a striped area or a tie: every claim for and against it appears here.') : null,
      chosen.kind === 'tie' ? this.#tie(told) : this.#facts(chosen.id),
      chosen.kind === 'actor' ? this.#ties(chosen.id) : null,
      told.conflicts.length ? this.#conflicts(told.conflicts) : null,
      sides.length ? h('h4', null, `For and against (${sides.length})`) : null, this.#issues(sides),
      rest.length ? h('h4', null, `Also said (${rest.length})`) : null, this.#kinds(rest),
      told.claims.length ? null : note('No claim in words speaks of it; what it rests on stands above.'))
    this.month()
  }

  #tie({ tie, citations }) {
    const value = tie.value === null ? null : h('p', { class: 'panel-value' }, h('b', null, number(tie.value)), ` ${tie.unit}`)
    return h('div', null, value, h('p', null, `Since ${tie.since.text}${tie.until ? `, until ${tie.until.text}` : ''}.`),
      h('h4', null, `Rests on (${citations.length})`), h('ul', { class: 'plain cited' }, citations.map(one =>
        h('li', null, one.source_title, h('small', null, ` ${one.where} · ${one.date}`), one.note ? h('small', null, ` ${one.note}`) : null))))
  }

  #facts(id) {
    const { model } = this
    const leaning = model.leaningOf(id)
    const belongs = model.network.institutions.filter(one => model.membersNow(one).includes(id)).map(one => (one.id.length <= 6 ? one.id : one.name))
    const area = model.world.areas.find(one => one.entity === id)
    return h('div', { class: 'panel-facts' },
      model.actors.get(id)?.note ? h('p', null, model.actors.get(id).note) : area ? h('p', null, area.said) : null,
      belongs.length ? h('p', null, `Member of ${belongs.join(', ')} in ${model.monthName(model.tieMonth)}.`) : null,
      leaning ? h('div', { class: 'leans' }, h('h4', null, `Leans in ${model.shadedMonth()}, mean of ${model.shading.runs.toLocaleString('en')} runs`),
        Object.entries(leaning).map(([pole, share]) => this.#lean(pole, share))) : null)
  }

  #lean(pole, share) {
    const bar = h('i')
    bar.style.width = `${Math.min(100, 100 * share)}%`
    return h('div', { class: 'lean' }, h('span', null, pole === 'own' ? 'itself' : this.model.nameOf(pole)), h('span', { class: 'bar', 'aria-hidden': 'true' }, bar), h('b', null, `${number(100 * share, 2)} %`))
  }

  #ties(id) {
    const found = this.model.tiesOf(id)
    if (!found.length) return null
    return h('details', null, h('summary', null, `Ties (${found.length})`), h('ul', { class: 'plain' }, found.map(tie => h('li', null,
      h('button', { type: 'button', class: 'link', onclick: () => this.model.app.select({ kind: 'tie', id: tie.id }) }, this.model.saidOf(`tie:${tie.id}`)[0])))))
  }

  #conflicts(conflicts) {
    return h('details', null, h('summary', null, `Sources disagree (${conflicts.length})`), conflicts.map(one => h('div', { class: 'panel-conflict' },
      h('p', { class: 'strong' }, one.what), one.likely ? note(`Likely: ${one.likely}`) : null,
      h('ul', { class: 'plain' }, one.claims.map(claim => this.#claim({ ...claim, when: claim.date }))))))
  }

  /** Positions and opinions, one question after another: for, then against. */
  #issues(claims) {
    const issues = [...new Set(claims.map(one => one.on))].map(on => claims.filter(one => one.on === on)).sort((one, other) => other.length - one.length)
    return issues.map((found, place) => h('details', { open: place === 0 },
      h('summary', null, found[0].on, h('small', null, ` ${sided(found, 'for')} for · ${sided(found, 'against')} against`)),
      ['for', 'against', 'said'].map(side => this.#side(found.filter(one => one.side === side), side))))
  }

  #side(found, side) {
    if (!found.length) return null
    const title = { for: '▲ For', against: '▼ Against', said: '◆ Neither' }[side]
    return h('div', { class: `side ${side}` }, h('p', { class: 'side-title' }, title), h('ul', { class: 'plain' }, found.map(one => this.#claim(one))))
  }

  #kinds(claims) {
    const kinds = [...new Set(claims.map(one => one.kind))]
    return kinds.map(kind => {
      const found = claims.filter(one => one.kind === kind)
      return h('details', null, h('summary', null, `${kind} (${found.length})`), this.#long(found))
    })
  }

  #long(found) {
    const list = h('ul', { class: 'plain' }, found.slice(0, PART).map(one => this.#claim(one)))
    if (found.length <= PART) return list
    const more = h('button', { type: 'button', onclick: () => {
      list.append(...found.slice(PART).map(one => this.#claim(one)))
      more.remove()
      this.month()
      list.children[PART].querySelector('button').focus()
    } }, `${found.length - PART} more`)
    return h('div', null, list, more)
  }

  #claim(one) {
    const stance = one.stance === null || one.stance === undefined ? '' : ` · ${one.stance > 0 ? '+' : one.stance < 0 ? '−' : ''}${Math.abs(one.stance)}`
    return h('li', { class: 'panel-claim', dataset: { first: one.date.slice(0, 10) } },
      h('button', { type: 'button', class: 'claim', onclick: () => this.model.app.open('evidence', { claim: one.id }) }, one.paraphrase),
      h('small', null, `“${one.source_title}” · ${one.when}${stance}`), one.fault ? h('small', { class: 'fault' }, `A fault of the source: ${one.fault}`) : null)
  }
}

const sided = (claims, side) => claims.filter(one => one.side === side).length
