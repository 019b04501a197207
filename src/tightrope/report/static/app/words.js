// What the words mean: a dialog that every view opens, with the words of that view first. It is loaded when it is first asked for.

import { clear, failed, h, note } from './dom.js'

const KEYS = [['?', 'opens these words'], ['Tab', 'from the start of the page: first to the results, then to the levers'], ['← →', 'move a lever, or turn to the next tab'],
  ['Enter', 'on a lever: to what it changes'], ['Ctrl Z, Ctrl Shift Z', 'undo, redo'], ['Esc', 'closes what is open']]

export class Words {
  #told = null

  constructor(app, titles) {
    Object.assign(this, { app, titles })
    this.search = h('input', { type: 'search', placeholder: 'Find a word', 'aria-label': 'Find a word', oninput: () => this.#fill(),
      // A field for searching keeps the key for itself, to be emptied.
      onkeydown: event => { if (event.key === 'Escape') this.dialog.close() } })
    this.body = h('div', { class: 'glossary-body', tabindex: '0', autofocus: matchMedia('(pointer: coarse)').matches, role: 'region', 'aria-label': 'Words' }, note('…'))
    this.dialog = h('dialog', { class: 'glossary', 'aria-labelledby': 'words-title' },
      h('div', { class: 'glossary-head' }, h('h2', { id: 'words-title' }, 'Words'), this.search, h('button', { type: 'button', onclick: () => this.dialog.close() }, 'Close')),
      this.body)
    // A press beside it closes it too.
    this.dialog.addEventListener('click', event => { if (event.target === this.dialog) this.dialog.close() })
    document.body.append(this.dialog)
  }

  async open() {
    if (this.dialog.open) return
    this.search.value = ''
    this.dialog.showModal()
    try {
      this.#told ??= (await this.app.get('/api/words')).groups
      this.#fill()
    } catch (error) { clear(this.body, failed(error)) }
  }

  #fill() {
    if (!this.#told) return
    const sought = this.search.value.trim().toLowerCase()
    const fits = word => `${word.term} ${word.said}`.toLowerCase().includes(sought)
    const { view } = this.app.state
    const here = this.#told.flatMap(group => group.words).filter(word => word.views.includes(view))
    const groups = sought ? this.#told.map(group => ({ ...group, words: group.words.filter(fits) }))
      : [{ id: 'here', title: `On this view: ${this.titles[view]}`, words: here }, ...this.#told]
    const shown = groups.filter(group => group.words.length)
    clear(this.body, shown.map(group => section(group.id, group.title, group.words.map(({ term, said }) => [term, said]))),
      shown.length ? null : note(`No word fits “${this.search.value}”.`), sought ? null : section('keys', 'Keys', KEYS))
    this.body.scrollTop = 0
  }
}

const section = (id, title, rows) => h('section', { dataset: { words: id } }, h('h3', null, title),
  h('dl', null, rows.map(([term, said]) => h('div', null, h('dt', null, term), h('dd', null, said)))))
