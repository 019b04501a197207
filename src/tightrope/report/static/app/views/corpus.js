// Reports: the user's own texts, read and compared. Conflicts first, then two texts side by side with what was found in them.

import { clear, failed, h, note } from '../dom.js'
import { button } from './library-parts.js'
import { base64 } from './report-entry.js'

const KINDS = ['statement', 'event', 'position', 'figure']
const WEIGHTS = { 3: 'bears on results', 2: 'should be known', 1: 'minor' }
const FIRST = 12

export const view = {
  id: 'corpus',
  mount(element, app) {
    const made = new Reports(element, app)
    return { show: () => made.show() }
  },
}

class Reports {
  told = null
  asked = false

  constructor(element, app) {
    this.app = app
    this.body = h('div', { 'aria-live': 'polite' })
    const files = h('input', { type: 'file', multiple: true, accept: '.txt,.md,.html,.htm,.pdf,.xml,.rss', class: 'hidden', tabindex: '-1', 'aria-hidden': 'true', onchange: event => this.#chosen(event.target) })
    clear(element,
      h('div', { class: 'view-head' }, h('h2', null, 'Reports'), button('Choose reports', () => files.click(), { class: 'go' }), files),
      note('Rules read your texts on this server and compare them; nothing of them is kept, and nobody has checked what was found.'), this.body)
    app.on('situation', () => { if (!this.own) { this.asked = false; if (!element.hidden) this.show() } })
  }

  async show() {
    if (this.asked) return
    this.asked = true
    clear(this.body, note('Reading …'))
    try {
      const told = await this.app.get('/api/corpus', { case: this.app.state.case })
      if (told.none) clear(this.body, h('p', { class: 'notice' }, told.none), note('Where the sources of this case disagree is worked out already: see ',
        h('button', { type: 'button', class: 'link', onclick: () => this.app.open('evidence', { part: 'conflicts' }) }, 'Evidence, Conflicts'), '.'))
      else this.#all(told)
    } catch (error) { clear(this.body, failed(error)) }
  }

  async #chosen(input) {
    const files = [...input.files]
    input.value = ''
    if (!files.length) return
    this.own = this.asked = true
    clear(this.body, note(`Reading ${files.length} file${files.length === 1 ? '' : 's'} …`))
    try {
      const given = await Promise.all(files.map(async file => ({ name: file.name.slice(-200), data: await base64(file) })))
      this.#all(await this.app.post('/api/corpus', { ask: { case: this.app.state.case }, files: given }))
    } catch (error) { clear(this.body, failed(error)) }
  }

  #all(told) {
    this.told = told
    const { counts, conflicts, sheets, links, aside } = told
    this.limit = FIRST
    this.conflicts = h('div')
    this.#conflicts()
    clear(this.body,
      h('p', null, `${sheets.length} report${sheets.length === 1 ? '' : 's'}: ${counts.statements} statements, ${counts.events} events, ${counts.positions} positions, ${counts.figures} figures; ${links.length} places where two tell the same, ${conflicts.length} where they disagree.`),
      aside.length ? h('details', null, h('summary', null, `Set aside: ${aside.length}`), h('ul', null, aside.map(([name, why]) => h('li', null, `${name}: ${why}`)))) : null,
      h('section', { 'aria-labelledby': 'disagree' }, h('h3', { id: 'disagree' }, 'Where they disagree'), this.conflicts),
      h('section', { 'aria-labelledby': 'texts' }, h('h3', { id: 'texts' }, 'Side by side'), this.#filters(), this.#panels()))
    this.#filter()
  }

  #conflicts() {
    const { conflicts } = this.told
    clear(this.conflicts, conflicts.length ? null : note('No two passages that tell of the same were found to contradict each other.'),
      h('ul', { class: 'plain' }, conflicts.slice(0, this.limit).map(one => h('li', { class: `pair weight-${one.weight}` },
        h('p', { class: 'strong' }, one.note), h('p', { class: 'note' }, `${one.kind} · ${WEIGHTS[one.weight]}`),
        h('div', { class: 'both' }, one.sides.map((side, place) => this.#side(side, place)))))),
      conflicts.length > this.limit ? button(`Show all ${conflicts.length}`, () => { this.limit = conflicts.length; this.#conflicts() }) : null)
  }

  #side(side, place) {
    return h('figure', null, h('figcaption', null, button(side.title, () => this.#reveal(side, place), { class: 'link', 'aria-label': `Show it in ${side.title}` })),
      h('blockquote', { dir: 'auto' }, side.before, h('mark', null, side.passage), side.after))
  }

  #filters() {
    const again = () => this.#filter()
    this.kinds = KINDS.map(kind => h('input', { type: 'checkbox', value: kind, checked: true, onchange: again }))
    const choice = (label, every, list) => {
      const select = h('select', { onchange: again }, h('option', { value: '' }, every), list.map(([name, count]) => h('option', { value: name }, `${name.replaceAll('_', ' ')} (${count})`)))
      return [select, h('label', { class: 'field' }, h('span', null, label), select)]
    }
    const [actor, actorField] = choice('Actor', 'anyone', this.told.actors)
    const [issue, issueField] = choice('Issue or event', 'any', this.told.issues)
    this.actor = actor
    this.issue = issue
    this.count = h('span', { class: 'note', role: 'status' })
    return h('div', { class: 'filters' }, KINDS.map((kind, place) => h('label', { class: 'tick' }, this.kinds[place], h('span', { class: `k-${kind}` }, `${kind}s`))), actorField, issueField, this.count)
  }

  #panels() {
    const { sheets } = this.told
    this.panels = sheets.slice(0, 2).map((_, place) => {
      const select = h('select', { 'aria-label': place ? 'Report on the right' : 'Report on the left', onchange: () => { this.#fill(place); this.#filter() } },
        sheets.map(sheet => h('option', { value: sheet.id, selected: sheet === sheets[place] }, sheet.title)))
      return { select, home: h('div', { class: 'sheet' }) }
    })
    this.panels.forEach((_, place) => this.#fill(place))
    return h('div', { class: 'both' }, this.panels.map(({ select, home }) => h('div', null, select, home)))
  }

  #fill(place) {
    const { select, home } = this.panels[place]
    const sheet = this.told.sheets.find(one => one.id === select.value)
    clear(home, h('p', { class: 'note' }, [sheet.doc, ...sheet.about].join(' · ')),
      h('div', { class: 'text', dir: 'auto', lang: sheet.language, tabindex: '0', role: 'region', 'aria-label': sheet.title },
        sheet.pieces.map(piece => piece.finds.length ? h('mark', { class: piece.kinds.map(kind => `k-${kind}`).join(' '), dataset: { f: piece.finds.join(' ') } }, piece.text)
          : piece.dropped ? h('span', { class: 'dropped' }, piece.text) : piece.text)),
      h('details', null, h('summary', null, `Its ${sheet.finds.length} finds as a list`), h('ol', { class: 'plain finds' }, sheet.finds.map(find =>
        h('li', { dataset: { find: find.id } }, button(`${find.kind}: ${find.text}`, () => this.#point(place, find.id), { class: 'link' }), find.low ? h('small', null, ' low confidence') : null)))))
  }

  #filter() {
    const kinds = new Set(this.kinds.filter(box => box.checked).map(box => box.value))
    const fits = find => kinds.has(find.kind) && (!this.actor.value || find.actors.includes(this.actor.value)) && (!this.issue.value || find.issue === this.issue.value)
    const all = this.told.sheets.flatMap(sheet => sheet.finds)
    const shown = new Set(all.filter(fits).map(find => find.id))
    for (const mark of this.body.querySelectorAll('mark[data-f]')) mark.classList.toggle('off', !mark.dataset.f.split(' ').some(id => shown.has(id)))
    for (const row of this.body.querySelectorAll('[data-find]')) row.hidden = !shown.has(row.dataset.find)
    this.count.textContent = `${shown.size} of ${all.length} finds`
  }

  /** Bring the report of one side of a conflict into its panel, at the passage. */
  #reveal(side, place) {
    const sheet = this.told.sheets.find(one => one.doc === side.doc)
    const at = Math.min(place, this.panels.length - 1)
    this.panels[at].select.value = sheet.id
    this.#fill(at)
    this.#filter()
    this.#point(at, side.place)
  }

  #point(place, id) {
    const { home } = this.panels[place]
    for (const mark of home.querySelectorAll('mark')) mark.classList.toggle('now', mark.dataset.f.split(' ').includes(id))
    const text = home.querySelector('.text')
    ;(home.querySelector('mark.now') ?? text).scrollIntoView({ block: 'center' })
    text.focus({ preventScroll: true })
  }
}
