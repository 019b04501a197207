// Evidence: every claim with its source and place, conflicts side by side, figures with each reading.

import { clear, failed, h, note, number, table } from '../dom.js'

const PARTS = [['claims', 'Claims'], ['conflicts', 'Conflicts'], ['figures', 'Figures'], ['parameters', 'Assumptions'], ['sources', 'Sources']]
const STEP = 60

export const view = {
  id: 'evidence',
  mount(element, app) {
    const made = new Evidence(element, app)
    return { show: params => made.show(params) }
  },
}

class Evidence {
  told = null
  key = ''
  part = 'claims'
  only = null
  limit = STEP

  constructor(element, app) {
    this.app = app
    this.search = h('input', { type: 'search', placeholder: 'Search', 'aria-label': 'Search the evidence', oninput: () => this.#again() })
    this.source = this.#select('Source')
    this.actor = this.#select('Actor')
    this.kind = this.#select('Kind')
    this.disputed = h('input', { type: 'checkbox', onchange: () => this.#again() })
    this.setting = h('input', { type: 'checkbox', onchange: () => this.#again() })
    this.parts = h('div', { class: 'switch', role: 'group', 'aria-label': 'Part of the evidence' }, PARTS.map(([id, title]) =>
      h('button', { type: 'button', 'aria-pressed': String(id === this.part), dataset: { part: id }, onclick: () => this.#turn(id) }, title)))
    this.filters = h('div', { class: 'filters' }, this.search, this.source.label, this.actor.label, this.kind.label,
      h('label', { class: 'tick' }, this.disputed, h('span', null, 'disputed')), h('label', { class: 'tick' }, this.setting, h('span', null, 'sets something')))
    this.count = h('p', { class: 'note', 'aria-live': 'polite' })
    this.chips = h('div')
    this.body = h('div', { class: 'evidence-body' }, note('Reading the evidence …'))
    clear(element, h('div', { class: 'view-head' }, h('h2', null, 'Evidence'), this.parts), this.filters, this.chips, this.count, this.body)
    app.on('situation', () => this.#load())
    app.on('month', () => this.#fill())
  }

  #select(title) {
    const select = h('select', { onchange: () => this.#again() })
    return { select, label: h('label', { class: 'field' }, h('span', null, title), select) }
  }

  async show(params) {
    await this.#load()
    const wanted = params.claim ? [params.claim] : params.claims?.length ? params.claims : null
    if (params.lever?.startsWith('figures.') && !wanted) this.#single('figures', { text: params.lever.replace('figures.', '') })
    else if (wanted) this.#single('claims', { ids: wanted })
    else if (params.actor) this.#single('claims', { actor: params.actor })
  }

  /** Show what was pointed at alone, with a way back to all. */
  #single(part, only) {
    for (const { select } of [this.source, this.actor, this.kind]) select.value = ''
    this.search.value = only.text ?? ''
    this.actor.select.value = only.actor ?? ''
    this.disputed.checked = this.setting.checked = false
    this.only = only.ids ?? null
    this.#turn(part)
    if (only.ids?.length === 1) this.app.select({ kind: 'claim', id: only.ids[0] })
    this.body.querySelector('button, summary')?.focus({ preventScroll: true })
  }

  async #load() {
    const { state } = this.app
    if (state.view !== 'evidence') return
    const key = JSON.stringify([state.case, state.asOf, state.without])
    if (key === this.key) return
    this.key = key
    try {
      const told = await this.app.get('/api/evidence', { case: state.case, as_of: state.asOf, without: state.without.join(',') })
      if (this.key !== key) return
      this.told = told
      this.byId = new Map(told.claims.map(one => [one.id, one]))
      for (const one of told.claims) one.hay = [one.paraphrase, one.about, one.source, one.source_title, one.kind, one.value, one.sets, one.issue, one.note].join(' ').toLowerCase()
      this.#offer()
      this.#fill()
    } catch (error) {
      this.key = ''
      clear(this.body, failed(error))
    }
  }

  #offer() {
    const fill = ({ select }, found) => {
      const now = select.value
      clear(select, h('option', { value: '' }, 'all'), [...found].sort(([, one], [, other]) => one.localeCompare(other)).map(([id, title]) => h('option', { value: id }, title)))
      select.value = now
    }
    fill(this.source, new Map(this.told.claims.map(one => [one.source, one.source])))
    fill(this.actor, new Map(this.told.claims.filter(one => one.actor).map(one => [one.actor, one.about])))
    fill(this.kind, new Map(this.told.claims.map(one => [one.kind, one.kind])))
  }

  #turn(part) {
    this.part = part
    this.limit = STEP
    for (const button of this.parts.children) button.setAttribute('aria-pressed', String(button.dataset.part === part))
    this.#fill()
  }

  #again() {
    this.limit = STEP
    this.#fill()
  }

  #fill() {
    if (!this.told) return
    for (const each of [this.source.label, this.actor.label, this.kind.label, this.disputed.parentElement, this.setting.parentElement]) each.hidden = this.part !== 'claims'
    clear(this.chips, this.only && this.part === 'claims' ? h('p', null, h('button', { type: 'button', onclick: () => { this.only = null; this.#again() } }, `Showing ${this.only.length} chosen; show all`)) : null)
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean)
    const hit = text => words.every(word => text.includes(word))
    if (this.part === 'claims') this.#claims(hit)
    else if (this.part === 'conflicts') this.#conflicts(hit)
    else if (this.part === 'figures') this.#figures(hit)
    else if (this.part === 'parameters') this.#parameters(hit)
    else this.#sources(hit)
  }

  #list(found, all, what, draw) {
    this.count.textContent = `${found.length} of ${all} ${what}`
    clear(this.body, found.length ? found.slice(0, this.limit).map(draw) : note('Nothing fits.'),
      found.length > this.limit ? h('button', { type: 'button', onclick: () => { this.limit += 4 * STEP; this.#fill() } }, `Show more (${found.length - this.limit})`) : null)
  }

  #claims(hit) {
    const found = this.told.claims.filter(one => (this.only ? this.only.includes(one.id) : true)
      && (!this.source.select.value || one.source === this.source.select.value)
      && (!this.actor.select.value || one.actor === this.actor.select.value || one.state === this.actor.select.value)
      && (!this.kind.select.value || one.kind === this.kind.select.value)
      && (!this.disputed.checked || one.disputed.length) && (!this.setting.checked || !one.idle) && hit(one.hay))
    this.#list(found, this.told.claims.length, 'claims', one => this.#claim(one))
  }

  #claim(one) {
    const { month } = this.app.state
    const later = month && one.first && one.first.slice(0, 7) > month
    const passage = h('div', { class: 'passage' })
    const conflicts = one.disputed.map(id => this.told.conflicts.find(each => each.id === id)).filter(Boolean)
    return h('article', { class: later ? 'record later' : 'record', dataset: { claim: one.id } },
      h('p', { class: 'kicker' }, `${one.kind} · ${one.about} · ${one.date}`, later ? ' · after the month looked at' : ''),
      h('p', { class: 'text' }, one.paraphrase),
      h('p', { class: 'note small' }, `${one.source} (${one.source_title}), ${one.where}`, one.value ? ` · ${one.value}` : ''),
      h('p', { class: 'note small' }, 'Sets: ', one.sets), one.note ? h('p', { class: 'note small' }, 'Note: ', one.note) : null,
      one.fault ? h('p', { class: 'fault' }, 'A fault of the source: ', one.fault) : null,
      h('p', { class: 'row' },
        one.place ? h('button', { type: 'button', class: 'link', onclick: () => this.#passage(one, passage) }, 'Passage') : null,
        conflicts.length ? h('button', { type: 'button', class: 'link', onclick: () => { this.search.value = ''; this.onlyConflicts = one.disputed; this.#turn('conflicts') } }, `In ${conflicts.length} conflict${conflicts.length > 1 ? 's' : ''}`) : null,
        one.state ? h('button', { type: 'button', class: 'link', onclick: () => this.app.select({ kind: 'actor', id: one.state }) && this.app.open('map') }, 'On the map') : null),
      passage)
  }

  async #passage(one, home) {
    if (home.childNodes.length) return clear(home)
    try {
      const found = await this.app.get('/api/evidence/passage', { case: this.app.state.case, as_of: this.app.state.asOf, claim: one.id })
      clear(home, h('blockquote', null, h('span', { class: 'around' }, '… ', found.before), h('mark', null, found.passage), h('span', { class: 'around' }, found.after, ' …')))
    } catch (error) {
      clear(home, note(error.message))
    }
  }

  #conflicts(hit) {
    const only = this.onlyConflicts
    this.onlyConflicts = null
    const found = this.told.conflicts.filter(one => (!only || only.includes(one.id)) && hit([one.what, one.likely, one.kind, ...one.claims.map(id => this.byId.get(id)?.hay)].join(' ').toLowerCase()))
    this.#list(found, this.told.conflicts.length, 'conflicts, the heaviest first', one => h('article', { class: 'record conflict' },
      h('p', { class: 'kicker' }, `${one.kind} · weight ${one.salience} of 3`), h('p', { class: 'text' }, one.what),
      h('div', { class: 'sides' }, one.claims.map(id => this.byId.get(id)).filter(Boolean).map(claim => {
        const passage = h('div', { class: 'passage' })
        return h('div', null, h('p', null, claim.paraphrase), h('p', { class: 'note small' }, `${claim.source}, ${claim.where} · ${claim.date}`),
          claim.fault ? h('p', { class: 'fault' }, 'A fault of the source: ', claim.fault) : null,
          claim.place ? h('button', { type: 'button', class: 'link', onclick: () => this.#passage(claim, passage) }, 'Passage') : null, passage)
      })),
      one.likely ? note('Likely: ', one.likely) : null))
  }

  #figures(hit) {
    const found = this.told.figures.filter(one => hit(`${one.name} ${one.meaning} ${one.basis}`.toLowerCase())).sort((one, other) => one.of_others - other.of_others)
    this.#list(found, this.told.figures.length, 'figures', one => h('article', { class: 'record' },
      h('p', { class: 'text' }, one.meaning), h('p', { class: 'note small' }, `${one.name} · runs draw from ${one.range} ${one.unit}${one.assumed ? ` · ${one.basis}` : ''}`),
      one.readings.length ? table({
        caption: `Readings of ${one.name}, ${one.unit}`, columns: [{ title: 'Source' }, { title: 'Value', num: true }, { title: 'Bound' }, { title: 'Date' }, { title: 'Place' }, { title: 'Note' }],
        rows: one.readings.map(each => [each.source, number(each.value, 4), each.bound, each.date, each.where, each.note ?? '']),
      }) : null))
  }

  #parameters(hit) {
    const found = this.told.parameters.filter(one => hit(`${one.name} ${one.meaning} ${one.basis} ${one.symbol}`.toLowerCase()))
    this.count.textContent = `${found.length} of ${this.told.parameters.length} assumptions; ${found.filter(one => !one.assumed).length} of these cite a source`
    clear(this.body, table({
      caption: 'Assumptions of the model', columns: [{ title: 'Name' }, { title: 'Meaning' }, { title: 'Range' }, { title: 'Unit' }, { title: 'On whose word' }],
      rows: found.slice(0, 400).map(one => [one.name, one.meaning, one.range, one.unit, one.basis]),
    }))
  }

  #sources(hit) {
    const found = this.told.sources.filter(one => hit(`${one.id} ${one.title} ${one.publisher} ${one.kind}`.toLowerCase()))
    this.#list(found, this.told.sources.length, 'sources', one => h('article', { class: 'record' },
      h('p', { class: 'text' }, one.title), h('p', { class: 'note small' }, `${one.id} · ${one.publisher}${one.author ? `, ${one.author}` : ''} · ${one.kind} · published ${one.published}${one.licence ? ` · ${one.licence}` : ''}`),
      h('p', { class: 'note small' }, `${one.claims} claims, ${one.numbers} numbers rest on it`, one.note ? ` · ${one.note}` : ''),
      one.claims ? h('button', { type: 'button', class: 'link', onclick: () => { this.search.value = ''; this.source.select.value = one.id; this.only = null; this.#turn('claims') } }, 'Its claims') : null))
  }
}
