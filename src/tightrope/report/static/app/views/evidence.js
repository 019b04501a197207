// Evidence: every claim with its source and place, conflicts side by side, figures with each reading, and assumptions.

import { Copies } from '../copies.js'
import { clear, failed, h, note } from '../dom.js'
import { card, published } from './evidence-claim.js'
import { conflict, figure, parameters, source } from './evidence-parts.js'
import { copies, label } from './evidence-passage.js'

const PARTS = { claims: 'Claims', conflicts: 'Conflicts', figures: 'Figures', parameters: 'Assumptions', sources: 'Sources' }
const STEP = 60
const MORE = 240

export const view = {
  id: 'evidence', title: 'Evidence', order: 50,
  mount(element, app) {
    const made = new Evidence(element, app)
    return { show: params => made.show(params), hide() {} }
  },
}

class Evidence {
  told = null
  asked = ''
  part = 'claims'
  only = null
  whole = null
  limit = STEP
  copies = new Copies()
  cards = new Map()

  constructor(element, app) {
    this.app = app
    this.#controls()
    this.count = h('p', { class: 'note', 'aria-live': 'polite' })
    this.chosen = h('div')
    this.body = h('div', { class: 'evidence-body' }, note('Reading the evidence …'))
    this.copied = h('div')
    clear(element, h('div', { class: 'view-head' }, h('h2', null, 'Evidence'), this.parts), this.filters, this.chosen, this.copied, this.count, this.body)
    app.on('situation', () => this.#load())
    for (const name of ['levers', 'where']) app.on(name, ({ before }) => this.#moved(before))
    app.on('month', () => this.#dim())
    app.on('selection', () => this.#mark())
  }

  #controls() {
    const again = () => { this.limit = STEP; this.#fill() }
    const pick = label => h('select', { 'aria-label': label, onchange: again }, h('option', { value: '' }, 'all'))
    const field = (title, input) => h('div', { class: 'field claims-only' }, h('span', { 'aria-hidden': 'true' }, title), input)
    this.parts = h('div', { class: 'switch', role: 'group', 'aria-label': 'Part of the evidence' }, Object.entries(PARTS).map(([id, title]) =>
      h('button', { type: 'button', 'aria-pressed': String(id === this.part), dataset: { part: id }, onclick: () => this.#turn(id) }, title)))
    this.search = h('input', { type: 'search', placeholder: 'Search', 'aria-label': 'Search the evidence', oninput: again })
    this.source = pick('Source')
    this.actor = pick('Actor')
    this.kind = pick('Kind')
    this.issue = pick('Issue')
    this.setting = pick('Sets something in the model')
    clear(this.setting, [['', 'all'], ['some', 'something'], ['none', 'nothing']].map(([value, text]) => h('option', { value }, text)))
    this.disputed = h('input', { type: 'checkbox', onchange: again })
    this.more = h('button', { type: 'button', class: 'filters-more claims-only', 'aria-expanded': 'false', onclick: () => {
      this.more.setAttribute('aria-expanded', String(this.filters.classList.toggle('open')))
    } }, 'Filters')
    this.filters = h('div', { class: 'filters' }, this.search, this.more, field('Source', this.source), field('Actor', this.actor), field('Kind', this.kind),
      field('Issue', this.issue), field('Sets', this.setting), h('label', { class: 'tick claims-only' }, this.disputed, h('span', null, 'disputed only')),
      h('button', { type: 'button', class: 'link filters-clear', onclick: () => { this.#plain(); this.#fill(); this.search.focus() } }, 'Clear filters'))
  }

  /** The lists to pick from, with the name of each. */
  get picks() { return [[this.source, 'source'], [this.actor, 'actor'], [this.kind, 'kind'], [this.issue, 'issue'], [this.setting, 'sets']] }

  #count() {
    const on = this.picks.filter(([select]) => select.value).length + this.disputed.checked
    this.more.textContent = on ? `Filters: ${on} on` : 'Filters'
  }

  #plain() {
    for (const one of [this.search, this.source, this.actor, this.kind, this.issue, this.setting]) one.value = ''
    this.disputed.checked = false
    this.only = this.whole = null
    this.limit = STEP
  }

  /** Opened from elsewhere with what to show: claims, an actor, a source, an issue, a lever, a figure, a conflict or a part; by its tab, with all there is. */
  async show(params = {}) {
    const pointed = Object.values(params).some(Boolean)
    if (!pointed) this.only = this.whole = null
    await this.#load()
    if (!this.told) return
    if (pointed) this.#point(params)
    else this.#fill()
  }

  /** What was asked of one scenario or set of levers is not asked of the next; the lever that is read about may move. */
  #moved(before) {
    const { state } = this.app
    const ids = [...Object.keys(before.levers), ...Object.keys(state.levers)]
    const other = ids.some(id => id !== this.only?.lever && before.levers[id] !== state.levers[id])
    if (!this.only || (before.case === state.case && before.base === state.base && !other)) return
    this.only = null
    if (state.view === 'evidence') this.#fill()
  }

  #point(params) {
    const wanted = this.#wanted(params)
    this.#plain()
    this.only = wanted.only ? { part: wanted.part, ...wanted.only } : null
    this.search.value = wanted.text ?? ''
    for (const name of ['actor', 'source', 'issue']) if (wanted[name]) this.#set(name, wanted[name])
    this.#turn(wanted.part)
    if (params.claim) this.app.select({ kind: 'claim', id: params.claim })
    this.#top()
    this.app.announce(this.count.textContent)
  }

  /** To where the list begins; a reader who came from its middle would take another list for the same one. */
  #top() {
    if (scrollY > 0) this.parts.scrollIntoView()
    ;(this.chosen.querySelector('button') ?? this.search).focus({ preventScroll: true })
  }

  /** Picks from a list; of what no claim is about, nothing is shown rather than all. */
  #set(name, id) {
    this[name].value = id
    if (this[name].value !== id) this.only = { part: 'claims', ids: [], said: `what is known of ${this.#named(id)}: no claim here is about it` }
  }

  #named(id) { return this.app.situation.case.deciders.find(one => one.id === id)?.name ?? id }

  #wanted(params) {
    if (params.lever && !params.claims?.length) return this.#ofLever(params.lever)
    const ids = params.claim ? [params.claim] : params.claims
    if (ids?.length) return { part: 'claims', only: { ids, lever: params.lever, suggests: this.#suggests(params), said: `${this.#many(ids)}${this.#ofWhat(params, ids)}` } }
    if (params.part) return { part: params.part }
    if (params.figure) return { part: 'figures', only: { ids: [params.figure], said: `the figure ${params.figure}` } }
    if (params.conflict) return { part: 'conflicts', only: { ids: [params.conflict], said: 'one conflict' } }
    return { part: 'claims', actor: params.actor, source: params.source, issue: params.issue }
  }

  /** The scenario that stands, if its claims are asked for. */
  #suggests({ lever, claims }) {
    if (lever || !claims) return null
    const found = this.app.situation.presets.find(one => one.id === this.app.state.base)
    return found && String(found.suggested_by) === String(claims) ? found : null
  }

  /** What claims are asked for have to do with one another. */
  #ofWhat(params, ids) {
    const suggested = this.#suggests(params)
    if (params.lever) return ` behind “${this.app.leverName(params.lever)}”`
    if (suggested) return ` that suggest${ids.length === 1 ? 's' : ''} “${suggested.title}”`
    return params.of ? ` ${params.of}` : ids.length === 1 ? ', the one that you opened' : ''
  }

  /** A figure's or an assumption's lever leads to its numbers, any other to what its claims say. */
  #ofLever(id) {
    const [kind, ...rest] = id.split('.')
    const name = rest.join('.')
    const said = `what “${this.app.leverName(id)}” moves`
    if (kind === 'figures') return { part: 'figures', only: { ids: [name], said } }
    if (kind === 'parameters') return { part: 'parameters', only: { ids: [name], said } }
    const ids = this.app.situation.levers.find(one => one.id === id)?.claims ?? []
    return { part: 'claims', only: { ids, lever: id, said: `${this.#many(ids)} behind “${this.app.leverName(id)}”` } }
  }

  /** So many sources and claims. */
  #many(ids) {
    const sources = new Set(ids.map(id => this.byId.get(id)?.source).filter(Boolean)).size
    const claims = `${ids.length} claim${ids.length === 1 ? '' : 's'}`
    return sources && ids.length > 1 ? `${sources} source${sources === 1 ? '' : 's'}, ${claims}` : claims
  }

  async #load() {
    const { state } = this.app
    if (state.view !== 'evidence') return
    const key = JSON.stringify([state.case, state.asOf, state.without])
    if (key === this.asked) return
    this.asked = key
    try {
      const told = await this.app.get('/api/evidence', { case: state.case, as_of: state.asOf, without: state.without.join(',') })
      if (key === this.asked) this.#take(told)
    } catch (error) {
      if (key !== this.asked) return
      this.asked = ''
      clear(this.body, failed(error))
    }
  }

  #take(told) {
    this.told = told
    this.texts = told.texts
    this.cards = new Map()
    this.byId = new Map(told.claims.map(one => [one.id, one]))
    this.conflictById = new Map(told.conflicts.map(one => [one.id, one]))
    this.sourceById = new Map(told.sources.map(one => [one.id, one]))
    const hay = (...parts) => parts.flat().join(' ').toLowerCase()
    for (const one of told.claims) one.hay = hay(one.id, one.paraphrase, one.about, one.source, one.source_title, one.kind, one.value, one.sets, one.issue, one.bears_on, one.by, one.note, one.fault, one.date)
    for (const one of told.conflicts) one.hay = hay(one.id, one.what, one.likely, one.kind, one.claims.map(id => this.byId.get(id)?.hay))
    for (const one of told.figures) one.hay = hay(one.name, one.meaning, one.basis, one.unit, one.readings.map(each => [each.source, each.note]))
    for (const one of told.parameters) one.hay = hay(one.name, one.symbol, one.meaning, one.basis)
    for (const one of told.sources) one.hay = hay(one.id, one.title, one.publisher, one.author, one.kind, one.note)
    this.#offerAll(told)
    this.#fill()
  }

  #offerAll({ claims, issues }) {
    const offer = (select, names) => {
      const now = select.value
      clear(select, h('option', { value: '' }, 'all'), [...names].sort(([, one], [, other]) => one.localeCompare(other)).map(([id, name]) => h('option', { value: id }, name)))
      select.value = names.has(now) ? now : ''
    }
    const used = new Set(claims.flatMap(one => [one.issue, ...one.bears_on]))
    offer(this.source, new Map(claims.map(one => [one.source, one.source_title])))
    offer(this.actor, new Map(claims.map(one => [one.actor, one.about])))
    offer(this.kind, new Map(claims.map(one => [one.kind, one.kind])))
    offer(this.issue, new Map(issues.filter(one => used.has(one.id)).map(one => [one.id, one.title.slice(0, 70)])))
  }

  #turn(part) {
    this.part = part
    this.limit = STEP
    for (const button of this.parts.children) button.setAttribute('aria-pressed', String(button.dataset.part === part))
    this.#fill()
  }

  #fill() {
    if (!this.told) return
    for (const each of this.filters.querySelectorAll('.claims-only')) each.hidden = this.part !== 'claims'
    this.#count()
    clear(this.chosen, this.only ? [h('p', { class: 'chosen' }, `Only ${this.#limited()}. `, this.#unlimited('Show all')), this.#effect()] : this.#ofSource())
    clear(this.copied, this.part === 'sources' ? copies(this) : null)
    const every = this.told[this.part]
    const found = this.#fitting(every)
    const place = this.part === 'parameters' ? found.length : Math.min(this.limit, found.length)
    this.count.textContent = `${found.length} of ${every.length} ${PARTS[this.part].toLowerCase()}${place < found.length ? `, the first ${place} shown` : ''}${this.#aside(found)}`
    const draw = { claims: one => this.card(one), conflicts: one => conflict(one, this), figures: one => figure(one, this), sources: one => source(one, this) }[this.part]
    clear(this.body, found.length ? null : this.#nothing(), draw ? found.slice(0, this.limit).map(draw) : found.length ? parameters(found) : null,
      draw && found.length > this.limit ? this.#more(found.length - this.limit) : null)
    this.#mark()
  }

  /** What is shown alone, seen from the part that is open: of claims, say, the conflicts that they take part in. */
  #limited() {
    const { part, said } = this.only
    return part === this.part ? said : `${PARTS[this.part].toLowerCase()} of ${said}`
  }

  #unlimited(text) {
    return h('button', { type: 'button', class: 'link', onclick: () => { if (this.whole) this.#plain(); this.only = null; this.#fill(); this.search.focus() } }, text)
  }

  /** That all claims of one source are shown, and the way back to where it was asked for. */
  #ofSource() {
    const { whole } = this
    if (!whole || this.part !== 'claims' || this.source.value !== whole.id) return null
    const found = this.sourceById.get(whole.id)
    const many = this.told.claims.filter(one => one.source === whole.id).length
    return h('p', { class: 'chosen' }, `All ${many} claims of “${found?.title ?? whole.id}”${found ? `, ${published(found)}` : ''}. `,
      h('button', { type: 'button', class: 'link', onclick: whole.back }, 'Back to where you were'), ' ', this.#unlimited('Show all claims'))
  }

  /** Claims may suggest a lever without a number of it: then the way to what its effect rests on. */
  #effect() {
    const { part, ids, lever, suggests } = this.only
    if (part !== 'claims' || this.part !== part || !(lever || suggests) || !ids.length || !ids.every(id => this.byId.get(id)?.idle)) return null
    const gaps = (this.app.frame?.header.leanings ?? []).filter(one => one.gap)
    const most = gaps.length ? gaps.reduce((one, other) => (Math.abs(other.gap[0]) > Math.abs(one.gap[0]) ? other : one)).id.replace('share-', '') : undefined
    return h('p', { class: 'chosen' }, `${ids.length === 1 ? 'It sets no number' : 'None of these sets a number'}: the effect rests on figures and assumptions. `,
      h('button', { type: 'button', class: 'link', onclick: () => this.app.open('why', { decision: 'leanings', power: most, grounds: true }) }, 'See what stands behind each account'))
  }

  /** What keeps everything out, and where else something fits. */
  #nothing() {
    const set = [[this.search, 'search'], ...(this.part === 'claims' ? this.picks : [])]
      .filter(([input]) => input.value).map(([input, name]) => `${name} “${input.selectedOptions?.[0]?.textContent ?? input.value}”`)
    if (this.part === 'claims' && this.disputed.checked) set.push('disputed only')
    const here = this.part
    const other = Object.keys(PARTS).filter(id => id !== here).map(id => {
      this.part = id
      return [id, this.#fitting([...this.told[id]]).length]
    }).filter(([, count]) => count)
    this.part = here
    return [note(`Nothing fits${set.length ? ` ${set.join(', ')}` : ''}${this.only ? `${set.length ? ',' : ':'} only ${this.#limited()}` : ''}.`),
      this.only ? h('p', null, this.#unlimited(`Show all ${this.told[this.part].length} ${PARTS[this.part].toLowerCase()}`)) : null,
      other.length && !this.only ? h('p', null, 'But there are ', other.map(([id, count], at) => [at ? ', ' : '', h('button', { type: 'button', class: 'link', onclick: () => this.#turn(id) }, `${count} in ${PARTS[id]}`)]), '.') : null]
  }

  #aside(found) {
    if (this.part === 'conflicts') return ', the heaviest first'
    if (this.part === 'parameters') return `; ${found.filter(one => !one.assumed).length} of these cite a source, the others are assumptions`
    if (this.part === 'claims') return `; ${found.filter(one => !one.idle).length} of these set something in the model`
    return ''
  }

  #fitting(every) {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean)
    const chosen = this.#chosen()
    const fits = one => chosen(one) && words.every(word => one.hay.includes(word))
    const found = every.filter(this.part === 'claims' ? one => fits(one) && this.#picked(one) : fits)
    return this.part === 'figures' ? found.sort((one, other) => one.of_others - other.of_others) : found
  }

  /** Whether something is what was asked for, or has to do with it: the conflicts, figures and sources of claims, and the other way round. */
  #chosen() {
    if (!this.only) return () => true
    const { part, ids } = this.only
    const asked = new Set(ids)
    if (part === this.part) return one => asked.has(one.id ?? one.name)
    const claims = part === 'claims' ? ids.map(id => this.byId.get(id)).filter(Boolean)
      : this.told.claims.filter(one => asked.has(one.figure) || one.disputed.some(id => asked.has(id)))
    const related = new Set(claims.flatMap(one => ({ claims: one.id, conflicts: one.disputed, figures: one.figure, sources: one.source })[this.part] ?? []))
    return one => related.has(one.id ?? one.name)
  }

  #picked(one) {
    const [source, actor, kind, issue, setting] = this.picks.map(([select]) => select.value)
    return (!source || one.source === source) && (!actor || one.actor === actor || one.state === actor) && (!kind || one.kind === kind)
      && (!issue || one.issue === issue || one.bears_on.includes(issue)) && (!setting || (setting === 'none') === one.idle) && (!this.disputed.checked || one.disputed.length > 0)
  }

  #more(rest) {
    return h('button', { type: 'button', class: 'more', onclick: () => { this.limit += MORE; this.#fill() } }, `Show ${Math.min(rest, MORE)} more of ${rest}`)
  }

  /** A claim's card, built once: an opened passage stays open while filters change. */
  card(one) {
    if (!this.cards.has(one.id)) this.cards.set(one.id, card(one, this))
    return this.cards.get(one.id)
  }

  /** Everything that one source says, with a way back to the list and the card that it was asked from. */
  onlySource(id) {
    const back = this.#way()
    this.#plain()
    this.source.value = id
    this.whole = { id, back }
    this.#turn('claims')
    this.#top()
    this.app.announce(this.chosen.textContent)
  }

  /** How to come back to the list as it is now. */
  #way() {
    const { part, only, whole, limit } = this
    const values = [this.search, ...this.picks.map(([select]) => select)].map(input => [input, input.value])
    const from = document.activeElement?.closest('[data-claim]')
    const [at, disputed, claim, top] = [scrollY, this.disputed.checked, from?.dataset.claim, from?.getBoundingClientRect().top]
    return () => {
      this.#plain()
      for (const [input, value] of values) input.value = value
      this.disputed.checked = disputed
      this.#turn(part)
      Object.assign(this, { only, whole, limit })
      this.#fill()
      const card = claim && this.body.querySelector(`[data-claim="${CSS.escape(claim)}"]`)
      ;(card?.querySelector('.link') ?? this.search).focus({ preventScroll: true })
      scrollTo(0, at)
      // Cards out of sight have a guessed height, so the place of the card counts, not that on the page.
      card?.scrollIntoView({ block: 'center' })
      requestAnimationFrame(() => { if (card) scrollBy(0, card.getBoundingClientRect().top - top) })
    }
  }

  /** A copy was opened or forgotten: what leads to a passage says so, in cards that are not shown too. */
  relabel() {
    for (const root of [this.body, ...this.cards.values()]) for (const each of root.querySelectorAll('[data-passage]')) label(each, this)
  }

  refresh() { this.#fill() }

  onlyConflicts(ids) {
    this.#plain()
    this.only = { part: 'conflicts', ids, said: ids.length === 1 ? 'the conflict that this claim is part of' : `the ${ids.length} conflicts that this claim is part of` }
    this.#turn('conflicts')
    this.#top()
  }

  /** What is selected anywhere stands out here; what refers to a later month than the timeline's steps back. */
  #mark() {
    const { selection } = this.app.state
    const claim = selection?.kind === 'claim' ? selection.id : null
    const actor = selection?.kind === 'actor' ? selection.id : null
    for (const each of this.body.querySelectorAll('[data-claim]')) {
      each.classList.toggle('picked', each.dataset.claim === claim || (actor !== null && each.dataset.actor === actor))
      each.querySelector('[aria-pressed]')?.setAttribute('aria-pressed', String(each.dataset.claim === claim))
    }
    this.#dim()
  }

  #dim() {
    const { month } = this.app.state
    for (const each of this.body.querySelectorAll('[data-first]')) {
      const later = month !== null && each.dataset.first > month
      each.classList.toggle('later', later)
      const told = each.querySelector('.when')
      if (told) told.textContent = later ? ' · later than the month looked at' : ''
    }
  }
}
