// The watch list: what is warned of, as a list and as a calendar; searched, filtered, and set against another answer.

import { clear, failed, h, note } from '../dom.js'
import { csv, ical } from '../ical.js'
import { calendar } from './warnings-calendar.js'
import { RANK, row, written } from './warnings-row.js'

const STEP = 30
const MORE = 240
const SEVERITIES = ['alarm', 'warning', 'notice', 'on record', 'due']
const SORTS = {
  usual: ['the case’s state first', null],
  severity: ['severity', (one, other) => RANK[other.severity] - RANK[one.severity] || other.score - one.score],
  likely: ['likeliest first', (one, other) => (other.frequency ?? -1) - (one.frequency ?? -1)],
  month: ['month, earliest first', (one, other) => one.month.localeCompare(other.month)],
  latest: ['month, latest first', (one, other) => other.month.localeCompare(one.month)],
  actor: ['actor', (one, other) => one.actor_name.localeCompare(other.actor_name) || RANK[other.severity] - RANK[one.severity]],
  change: ['largest change', (one, other) => moved(other) - moved(one)],
}
const moved = one => (one.change ? Math.abs(one.change.mean ?? 0) + (one.change.word === 'new' || one.change.word === 'gone' ? 1 : 0) : 0)

let latest = null

/** Show a list in place of what the server told; `bench` feeds thousands. */
export const render = list => latest.render(list)

export const view = {
  id: 'warnings', title: 'Warnings', order: 40,
  mount(element, app) {
    const made = new Warnings(element, app)
    latest = made
    // For measuring how quickly a long list is filtered.
    const many = count => made.render(Array.from({ length: count }, (_, at) => ({ ...made.all[at % made.all.length], id: `many.${at}` })))
    window.__tightrope.manyWarnings = many
    return { show: params => made.show(params), hide() {} }
  },
}

class Warnings {
  all = []
  shown = []
  ahead = []
  asked = ''
  limit = STEP
  form = 'list'
  wanted = null
  rows = new WeakMap()

  constructor(element, app) {
    this.app = app
    this.#controls()
    this.count = h('p', { class: 'note', 'aria-live': 'polite' })
    this.changed = h('div')
    this.body = h('div', { class: 'body' })
    this.scale = h('div')
    clear(element, this.#head(), this.filters, this.changed, this.count, this.body, this.scale)
    app.on('settled', () => this.load())
    app.on('pins', () => this.#offerSince())
    app.on('situation', () => { this.asked = '' })
    app.on('selection', () => this.#mark())
    app.on('month', () => { if (this.form === 'calendar') this.#paint() })
  }

  #head() {
    this.forms = h('div', { class: 'switch', role: 'group', 'aria-label': 'How warnings are shown' }, [['list', 'List'], ['calendar', 'Calendar']].map(([id, title]) =>
      h('button', { type: 'button', 'aria-pressed': String(id === this.form), dataset: { form: id }, onclick: () => this.#turn(id) }, title)))
    const save = (kind, title, name) => h('button', { type: 'button', 'aria-label': name, onclick: () => this.#save(kind) }, title)
    return h('div', { class: 'view-head' }, h('h2', null, 'Warnings'), this.forms, h('span', { class: 'push' }),
      save('csv', 'CSV', 'Save what is shown as CSV'), save('ics', 'iCal', 'Save what is shown as iCalendar'))
  }

  #controls() {
    const again = () => { this.limit = STEP; this.#paint() }
    const pick = (label, options) => h('select', { 'aria-label': label, onchange: again }, options.map(([value, text]) => h('option', { value }, text)))
    this.search = h('input', { type: 'search', placeholder: 'Search', 'aria-label': 'Search the warnings', oninput: again })
    this.actor = pick('Actor', [['', 'all']])
    this.kind = pick('Kind', [['', 'all']])
    this.severity = pick('Severity', [['', 'all'], ...SEVERITIES.map(each => [each, each])])
    this.sort = pick('Sort by', Object.entries(SORTS).map(([id, [title]]) => [id, title]))
    this.from = h('input', { type: 'month', 'aria-label': 'From month', placeholder: '2022-07', onchange: again })
    this.to = h('input', { type: 'month', 'aria-label': 'To month', placeholder: '2023-06', onchange: again })
    this.since = h('select', { 'aria-label': 'Changed since', onchange: () => this.#sinceTurned() })
    this.day = h('input', { type: 'date', 'aria-label': 'Changed since this day', hidden: true, onchange: () => this.load() })
    this.only = h('input', { type: 'checkbox', onchange: again })
    this.onlyField = h('label', { class: 'tick', hidden: true }, this.only, h('span', null, 'only what changed'))
    const field = (title, ...inputs) => h('div', { class: 'field' }, h('span', { 'aria-hidden': 'true' }, title), inputs)
    this.filters = h('div', { class: 'filters', dataset: { warnings: '' } }, this.search,
      field('Actor', this.actor), field('Kind', this.kind), field('Severity', this.severity), field('Months', this.from, '–', this.to),
      field('Sort', this.sort), field('Changed since', this.since, this.day), this.onlyField,
      h('button', { type: 'button', class: 'link', onclick: () => this.#plain() }, 'Clear filters'))
  }

  #plain() {
    for (const one of [this.search, this.actor, this.kind, this.severity, this.from, this.to]) one.value = ''
    this.only.checked = false
    this.sort.value = 'severity'
    this.limit = STEP
    this.#paint()
    this.search.focus()
  }

  #turn(form) {
    this.form = form
    for (const button of this.forms.children) button.setAttribute('aria-pressed', String(button.dataset.form === form))
    this.#paint()
  }

  /** Shown with the actor, the kind or the warning that somebody pointed at. */
  show(params = {}) {
    if (params.actor || params.id) for (const one of [this.search, this.actor, this.kind, this.severity, this.from, this.to]) one.value = ''
    this.wanted = params.actor || params.id ? params : this.wanted
    if (this.all.length) this.#point()
    return this.load()
  }

  #point() {
    if (!this.wanted) return
    const { actor, id } = this.wanted
    this.wanted = null
    if (actor && [...this.actor.options].some(one => one.value === actor)) this.actor.value = actor
    if (id) this.search.value = id
    this.#paint()
  }

  // What it is set against

  #offerSince() {
    const now = this.since.value
    const { pins } = this.app.state
    clear(this.since, [['', 'nothing'], this.app.moved() ? ['baseline', 'the baseline'] : null,
      ...pins.map((pin, at) => [`pin:${at}`, `pin ${pin.letter ?? 'ABCD'[at]}: ${pin.name}`.slice(0, 60)]),
      ...[1, 3, 6].map(back => [`back:${back}`, `${back} month${back > 1 ? 's' : ''} earlier`]), ['day', 'another day …'],
    ].filter(Boolean).map(([value, text]) => h('option', { value }, text)))
    this.since.value = [...this.since.options].some(one => one.value === now) ? now : ''
  }

  #sinceTurned() {
    this.day.hidden = this.since.value !== 'day'
    if (this.since.value === 'day' && !this.day.value) this.day.focus()
    else this.load()
  }

  #against() {
    const [kind, which] = this.since.value.split(':')
    const { app } = this
    if (kind === 'baseline') return app.ask({ base: null, levers: {} })
    if (kind === 'pin') return app.ask({ base: app.state.pins[which].base, levers: app.state.pins[which].levers })
    if (kind === 'back') return app.ask({ as_of: earlier(app.situation.case.as_of, Number(which)) })
    if (kind === 'day' && this.day.value && this.day.validity.valid) return app.ask({ as_of: this.day.value })
    return null
  }

  async load() {
    const { app } = this
    if (app.state.view !== 'warnings' || !app.situation) return
    this.#offerSince()
    const question = app.ask({ since: this.#against() })
    const key = JSON.stringify(question)
    if (key === this.asked) return
    this.asked = key
    this.count.textContent = 'Running the model for all states …'
    try {
      const told = await app.post('/api/warnings', question)
      if (key === this.asked) this.#take(told)
    } catch (error) {
      if (key !== this.asked) return
      this.asked = ''
      this.count.textContent = ''
      clear(this.body, failed(error))
    }
  }

  #take(told) {
    this.ahead = told.ahead
    this.runs = told.runs
    this.onlyField.hidden = told.changes === null
    if (told.changes === null) this.only.checked = false
    clear(this.changed, told.changes ? this.#difference(told) : null)
    clear(this.scale, written(told.scale))
    this.render([...told.warnings, ...told.gone.map(one => ({ ...one, gone: true }))])
    if (told.changes) this.app.announce(this.changed.textContent)
  }

  #difference({ changes, compared }) {
    const against = this.since.selectedOptions[0].textContent
    const parts = [['new', 'new'], ['rose', 'likelier'], ['fell', 'less likely'], ['gone', 'gone'], ['same', 'as before']].map(([word, said]) => `${changes[word]} ${said}`)
    return h('p', { class: 'difference' }, h('strong', null, `Against ${this.since.value === 'day' ? this.day.value : against}: `), parts.join(' · '), h('span', { class: 'note' }, ` ${compared}`))
  }

  /** Take a list in; what is searched is put together once. */
  render(list) {
    this.all = list
    this.rows = new WeakMap()
    for (const one of list) {
      one.hay = [one.what, one.actor_name, one.actor, one.kind_name, one.kind, one.severity, one.month, one.rule, one.id, one.change?.word].join(' ').toLowerCase()
      ;[one.from, one.to] = one.origin === 'record' ? [one.first.slice(0, 7), one.last.slice(0, 7)] : [one.month, one.month]
    }
    this.#offer(this.actor, new Map(list.map(one => [one.actor, one.actor_name])))
    this.#offer(this.kind, new Map(list.map(one => [one.kind, one.kind_name])))
    if (this.wanted) this.#point()
    else this.#paint()
  }

  #offer(select, names) {
    const now = select.value
    const sorted = [...names].sort(([, one], [, other]) => one.localeCompare(other))
    clear(select, h('option', { value: '' }, 'all'), sorted.map(([id, name]) => h('option', { value: id }, name)))
    select.value = names.has(now) ? now : ''
  }

  #fitting() {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean)
    const [actor, kind, severity, from, to] = [this.actor, this.kind, this.severity, this.from, this.to].map(each => each.value)
    const changed = this.only.checked
    const found = this.all.filter(one => (!actor || one.actor === actor) && (!kind || one.kind === kind) && (!severity || one.severity === severity)
      && (!from || one.to >= from) && (!to || one.from <= to) && (!changed || (one.change && one.change.word !== 'same'))
      && words.every(word => one.hay.includes(word)))
    const [, order] = SORTS[this.sort.value]
    return order ? found.sort(order) : found
  }

  #paint() {
    const began = performance.now()
    this.shown = this.#fitting()
    const here = this.form === 'list' ? Math.min(this.limit, this.shown.length) : this.shown.length
    const count = value => value.toLocaleString('en')
    this.count.textContent = `${count(this.shown.length)} of ${count(this.all.length)} warnings${here < this.shown.length ? `, the first ${count(here)} shown` : ''}; ${count(this.runs ?? this.app.state.runs)} runs behind those of the model`
    if (this.form === 'list') this.#list()
    else clear(this.body, calendar(this.shown, this))
    this.#timed(began)
  }

  /** What the browser still has to lay out and paint counts too. */
  #timed(began) {
    const told = { count: this.shown.length, ms: performance.now() - began }
    window.__tightrope.filter = told
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => { told.ms = performance.now() - began; port1.close() }
      port2.postMessage(null)
    })
  }

  #list() {
    const rest = this.shown.length - this.limit
    const more = () => {
      const at = this.limit
      this.limit += MORE
      this.#paint()
      this.body.querySelectorAll('.warned summary')[at]?.focus()
    }
    clear(this.body, this.shown.length ? null : note('Nothing fits.'),
      h('ol', { class: 'warnings-list' }, this.shown.slice(0, this.limit).map(one => this.row(one))),
      rest > 0 ? h('button', { type: 'button', onclick: more }, `Show ${Math.min(rest, MORE).toLocaleString('en')} more of ${rest.toLocaleString('en')}`) : null)
    this.#mark()
  }

  /** The row of a warning, built once: what was opened in it stays open while filters change. */
  row(one) {
    if (!this.rows.has(one)) this.rows.set(one, row(one, this))
    return this.rows.get(one)
  }

  /** The actor that is selected anywhere stands out here. */
  #mark() {
    const { selection } = this.app.state
    const id = selection?.kind === 'actor' ? selection.id : null
    for (const each of this.body.querySelectorAll('[data-actor]')) each.classList.toggle('picked', each.dataset.actor === id)
  }

  #save(kind) {
    const { situation, state } = this.app
    const name = `${state.case}-warnings`
    if (kind === 'csv') this.app.saveFile(`${name}.csv`, 'text/csv', csv(this.shown))
    else this.app.saveFile(`${name}.ics`, 'text/calendar', ical(this.shown, { name: `Tightrope: ${situation.case.focus_name}`, stamp: situation.case.as_of, case: state.case }))
    this.app.announce(`${this.shown.length} warnings saved.`)
  }
}

/** The last day of the month that lies so many months before a day. */
function earlier(day, months) {
  const found = new Date(`${day}T00:00:00Z`)
  found.setUTCDate(1)
  found.setUTCMonth(found.getUTCMonth() - months + 1, 0)
  return found.toISOString().slice(0, 10)
}
