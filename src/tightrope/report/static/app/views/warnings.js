// The watch list: warnings with severity and rule, as a list and as a calendar; searched, filtered, set against another time.

import { clear, failed, h, note } from '../dom.js'
import { csv, ical } from '../ical.js'

const STEP = 100
const SIGNS = { alarm: '▲▲▲', warning: '▲▲', notice: '▲' }

export const view = {
  id: 'warnings',
  mount(element, app) {
    const made = new Warnings(element, app)
    // For measuring how quickly the filter paints with a long list.
    window.__tightrope.manyWarnings = count => made.render(Array.from({ length: count }, (_, at) => ({ ...made.all[at % made.all.length], id: `many.${at}` })))
    return { show: () => made.load() }
  },
}

class Warnings {
  all = []
  shown = []
  key = ''
  limit = STEP
  form = 'list'
  changes = null

  constructor(element, app) {
    this.app = app
    const again = () => { this.limit = STEP; this.#paint() }
    this.search = h('input', { type: 'search', placeholder: 'Search', 'aria-label': 'Search the warnings', oninput: again })
    this.actor = h('select', { onchange: again })
    this.severity = h('select', { onchange: again }, ['', 'alarm', 'warning', 'notice'].map(each => h('option', { value: each }, each || 'all')))
    this.origin = h('select', { onchange: again }, [['', 'all'], ['model', 'the model'], ['record', 'the record']].map(([value, text]) => h('option', { value }, text)))
    this.from = h('input', { type: 'month', 'aria-label': 'From month', onchange: again })
    this.to = h('input', { type: 'month', 'aria-label': 'To month', onchange: again })
    this.since = h('select', { onchange: () => this.load(true) })
    this.forms = h('div', { class: 'switch', role: 'group', 'aria-label': 'How warnings are shown' }, [['list', 'List'], ['calendar', 'Calendar']].map(([id, title]) =>
      h('button', { type: 'button', 'aria-pressed': String(id === this.form), dataset: { form: id }, onclick: () => this.#turn(id) }, title)))
    this.count = h('p', { class: 'note', 'aria-live': 'polite' })
    this.scale = h('div')
    this.body = h('div', null, note('Running the model for all states …'))
    const field = (title, input) => h('label', { class: 'field' }, h('span', null, title), input)
    clear(element,
      h('div', { class: 'view-head' }, h('h2', null, 'Warnings'), this.forms,
        h('button', { type: 'button', onclick: () => this.#save('csv') }, 'CSV'), h('button', { type: 'button', onclick: () => this.#save('ics') }, 'iCal')),
      h('div', { class: 'filters', dataset: { warnings: '' } }, this.search, field('Actor', this.actor), field('Severity', this.severity), field('From', this.origin), field('Months', h('span', { class: 'months' }, this.from, ' – ', this.to)), field('Changed since', this.since)),
      this.count, this.body, this.scale)
    app.on('settled', () => this.load())
    app.on('pins', () => this.#offerSince())
    app.on('situation', () => { this.key = '' })
  }

  #turn(form) {
    this.form = form
    for (const button of this.forms.children) button.setAttribute('aria-pressed', String(button.dataset.form === form))
    this.#paint()
  }

  #offerSince() {
    const now = this.since.value
    const moved = this.app.state.base !== null || Object.keys(this.app.state.levers).length > 0
    clear(this.since, h('option', { value: '' }, '–'), moved ? h('option', { value: 'baseline' }, 'the baseline') : null,
      this.app.state.pins.map((pin, at) => h('option', { value: `pin-${at}` }, `pin ${'ABCD'[at]}: ${pin.name}`)),
      [1, 3, 6].map(back => h('option', { value: `back-${back}` }, `${back} month${back > 1 ? 's' : ''} earlier`)))
    this.since.value = [...this.since.options].some(one => one.value === now) ? now : ''
  }

  #against() {
    const [kind, which] = this.since.value.split('-')
    if (kind === 'baseline') return this.app.ask({ base: null, levers: {} })
    if (kind === 'pin') return this.app.ask({ base: this.app.state.pins[which].base, levers: this.app.state.pins[which].levers })
    if (kind === 'back') {
      const day = new Date(`${this.app.situation.case.as_of}T00:00:00Z`)
      day.setUTCDate(1)
      day.setUTCMonth(day.getUTCMonth() - Number(which) + 1, 0)
      return this.app.ask({ as_of: day.toISOString().slice(0, 10), base: null, levers: {} })
    }
    return null
  }

  async load(forced = false) {
    const { app } = this
    if (app.state.view !== 'warnings' || !app.situation) return
    this.#offerSince()
    const ask = app.ask({ since: this.#against() })
    const key = JSON.stringify(ask)
    if (key === this.key && !forced) return
    this.key = key
    this.count.textContent = 'Running the model for all states …'
    try {
      const told = await app.post('/api/warnings', ask)
      if (key !== this.key) return
      this.changes = told.changes
      clear(this.scale, h('h3', null, 'The scale'), note(told.scale.said))
      this.render(told.warnings)
    } catch (error) {
      this.key = ''
      clear(this.body, failed(error))
    }
  }

  /** Take a list in; what is searched is put together once. */
  render(list) {
    this.all = list
    for (const one of list) one.hay = `${one.what} ${one.name} ${one.actor} ${one.event} ${one.severity} ${one.month} ${one.rule}`.toLowerCase()
    const now = this.actor.value
    const names = [...new Map(list.map(one => [one.actor, one.name]))].sort(([, one], [, other]) => one.localeCompare(other))
    clear(this.actor, h('option', { value: '' }, 'all'), names.map(([id, name]) => h('option', { value: id }, name)))
    this.actor.value = names.some(([id]) => id === now) ? now : ''
    this.#paint()
  }

  #paint() {
    const began = performance.now()
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean)
    const [actor, severity, origin, from, to] = [this.actor, this.severity, this.origin, this.from, this.to].map(each => each.value)
    this.shown = this.all.filter(one => (!actor || one.actor === actor) && (!severity || one.severity === severity) && (!origin || one.origin === origin)
      && (!from || one.month >= from) && (!to || one.month <= to) && words.every(word => one.hay.includes(word)))
    this.count.textContent = `${this.shown.length.toLocaleString('en')} of ${this.all.length.toLocaleString('en')} warnings; ${this.app.state.runs.toLocaleString('en')} runs behind those of the model`
    if (this.form === 'list') this.#list()
    else this.#calendar()
    window.__tightrope.filter = { count: this.shown.length, ms: performance.now() - began }
    // What the browser still has to lay out counts too.
    requestAnimationFrame(() => { window.__tightrope.filter.ms = performance.now() - began })
  }

  #list() {
    const gone = Object.entries(this.changes ?? {}).filter(([, one]) => one.change === 'gone')
    clear(this.body,
      this.changes ? h('p', { class: 'strong' }, this.#summary()) : null,
      gone.length ? h('details', { class: 'behind' }, h('summary', null, `${gone.length} no longer warned of`), h('ul', null, gone.map(([, one]) => h('li', null, one.what)))) : null,
      h('ol', { class: 'warnings-list' }, this.shown.slice(0, this.limit).map(one => this.#row(one))),
      this.shown.length > this.limit ? h('button', { type: 'button', onclick: () => { this.limit += 4 * STEP; this.#paint() } }, `Show more (${(this.shown.length - this.limit).toLocaleString('en')})`) : null)
  }

  #summary() {
    const counted = word => Object.values(this.changes).filter(one => one.change === word).length
    return ['new', 'rose', 'fell', 'gone'].map(word => `${counted(word)} ${word}`).join(' · ')
  }

  #row(one) {
    const change = this.changes?.[one.id]
    const odds = one.frequency === null ? 'on the record' : `${percent(one.frequency)} of 100 runs (${percent(one.low)}–${percent(one.high)}), by ${one.month} in half of them`
    const more = h('details', { class: 'behind' }, h('summary', { 'aria-label': `Rule and evidence of: ${one.what}` }, 'Rule and evidence'))
    more.addEventListener('toggle', () => { if (more.open && more.childElementCount === 1) more.append(...this.#more(one)) })
    return h('li', { class: `warned ${one.severity}` },
      h('span', { class: 'sign' }, h('span', { 'aria-hidden': 'true' }, SIGNS[one.severity]), ` ${one.severity}`),
      h('div', null, h('p', { class: 'text' }, one.what, change ? h('b', { class: 'changed' }, ` ${change.change}${change.before === null ? '' : `, was ${percent(change.before)}`}`) : null),
        h('p', { class: 'note small' }, `${one.origin === 'record' ? `${one.day ?? one.month} · ` : ''}${odds}`), more))
  }

  #more(one) {
    const months = Object.entries(one.first)
    return [
      h('p', { class: 'note' }, `Rule: ${one.rule}. Score ${one.score}.${one.runs === null ? '' : ` ${one.runs} of ${one.of} runs trigger it.`}`),
      months.length ? h('p', { class: 'note' }, 'First in: ', months.map(([month, count]) => `${month} ${count}`).join(', ')) : null,
      h('p', { class: 'row' },
        one.evidence.length ? h('button', { type: 'button', class: 'link', onclick: () => this.app.open('evidence', { claims: one.evidence }) }, `${one.evidence.length} claims bear on it`) : h('span', { class: 'note' }, 'No claim in words bears on it.'),
        h('button', { type: 'button', class: 'link', onclick: () => { this.app.select({ kind: 'actor', id: one.actor }); this.app.open('map') } }, 'On the map')),
    ].filter(Boolean)
  }

  #calendar() {
    const months = new Map()
    for (const one of this.shown) {
      if (!months.has(one.month)) months.set(one.month, [])
      months.get(one.month).push(one)
    }
    const cells = [...months].sort(([one], [other]) => one.localeCompare(other)).map(([month, found]) => {
      const worst = ['alarm', 'warning', 'notice'].find(word => found.some(one => one.severity === word))
      return h('details', { class: `month ${worst}` }, h('summary', null, h('b', null, month), h('span', null, `${found.length}`), h('span', { class: 'sign' }, `${SIGNS[worst]} ${worst}`)),
        h('ul', null, found.slice(0, 40).map(one => h('li', null, one.what, one.frequency === null ? '' : ` · ${percent(one.frequency)} of 100 runs`))), found.length > 40 ? note(`and ${found.length - 40} more; filter, or see the list`) : null)
    })
    clear(this.body, note('A warning of the model stands in the month by which it has come in half of the runs in which it comes; what is on the record, on its day.'), h('div', { class: 'calendar' }, cells.length ? cells : note('Nothing fits.')))
  }

  #save(kind) {
    const { situation, state } = this.app
    const name = `${state.case}-warnings`
    if (kind === 'csv') this.app.saveFile(`${name}.csv`, 'text/csv', csv(this.shown))
    else this.app.saveFile(`${name}.ics`, 'text/calendar', ical(this.shown, { name: `Tightrope: ${situation.case.focus_name}`, stamp: situation.case.as_of, digest: situation.case.digest }))
  }
}

function percent(value) {
  const share = 100 * value
  if (share > 0 && share < 0.5) return 'fewer than 1'
  return String(Math.round(share))
}
