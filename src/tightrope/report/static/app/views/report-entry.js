// Where a new report comes in: its text, pasted or as a file, to be read; or its claims, written down by hand.

import { h } from '../dom.js'
import { button } from './library-parts.js'

const HIDDEN = { class: 'hidden', tabindex: '-1', 'aria-hidden': 'true' }
// The server reads no larger file.
const BYTES = 5_000_000

/** A file's bytes in base64, in pieces that the stack can hold. */
export async function base64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (let start = 0; start < bytes.length; start += 0x8000) text += String.fromCharCode(...bytes.subarray(start, start + 0x8000))
  return btoa(text)
}

export class Entry {
  file = null
  fresh = true

  /** `on`: what to do with claims, with a report, when something changed, and when something failed. */
  constructor(app, on) {
    this.app = app
    this.on = on
    this.element = h('section', { class: 'proposal-entry', 'aria-labelledby': 'proposal-step' },
      h('h3', { id: 'proposal-step' }, '1. The report'), this.#report(), this.#byHand())
  }

  get claims() { return this.text.value }

  forget() { this.samples = null }

  async show() {
    if (this.samples) return
    try {
      this.samples = await this.app.get('/api/proposals/template', { case: this.app.state.case, as_of: this.app.state.asOf })
      this.reading.textContent = this.samples.reading
    } catch (error) { this.on.failed(error) }
  }

  #report() {
    this.reading = h('span')
    this.pasted = h('textarea', { id: 'report-text', class: 'prose', rows: '9', 'aria-describedby': 'report-note', oninput: () => { this.file = null; this.named.textContent = ''; this.on.changed() } })
    this.when = h('input', { id: 'report-when', type: 'text', inputmode: 'numeric', size: '11', placeholder: '2022-06-20', oninput: () => this.on.changed() })
    this.named = h('span', { class: 'note', role: 'status' })
    const upload = h('input', { type: 'file', accept: '.txt,.md,.html,.htm,.pdf,.xml,.rss', ...HIDDEN, onchange: event => this.#chosen(event.target) })
    return h('div', null,
      h('label', { for: 'report-text' }, 'Text of the report'), this.pasted,
      h('p', { class: 'note', id: 'report-note' }, this.reading),
      h('div', { class: 'row' },
        button('Open a file instead', () => upload.click()), upload,
        h('label', { class: 'inline' }, 'Came out, if it does not say so ', this.when),
        button('Read it', () => this.#read(), { class: 'go' }), this.named))
  }

  #byHand() {
    this.text = h('textarea', { id: 'proposal', rows: '14', spellcheck: 'false', 'aria-describedby': 'proposal-note', oninput: () => { this.fresh = false; this.on.changed() } })
    const file = h('input', { type: 'file', accept: '.yaml,.yml,.jsonl,.json', ...HIDDEN, onchange: event => this.#claimsFile(event.target) })
    return h('details', { class: 'by-hand' }, h('summary', null, 'Or write its claims down yourself'),
      h('div', { class: 'row' },
        button('Try a made-up example', () => this.#fill('example')), button('Empty template', () => this.#fill('template')),
        button('Open a file of claims', () => file.click()), file),
      h('label', { for: 'proposal', class: 'hidden' }, 'Claims of the report, as YAML or JSON lines'), this.text,
      h('p', { class: 'note', id: 'proposal-note' }, 'YAML with source: and claims: as in a case, or JSON lines.'),
      h('div', { class: 'row' }, button('Check the claims', () => this.on.claims(), { class: 'go' })))
  }

  #chosen(input) {
    const [file] = input.files
    input.value = ''
    if (!file) return
    if (file.size > BYTES) {
      this.on.failed(new Error(`${file.name} has more than ${BYTES / 1_000_000} MB; read it with tightrope read`))
      return
    }
    this.file = file
    this.pasted.value = ''
    this.named.textContent = file.name
    this.#read()
  }

  async #read() {
    const published = this.when.value.trim() || null
    if (this.file) this.on.report({ name: this.file.name.slice(-200), data: await base64(this.file), published })
    else if (this.pasted.value.trim()) this.on.report({ text: this.pasted.value, published })
    else this.pasted.focus()
  }

  async #fill(which) {
    await this.show()
    if (!this.samples) return
    this.text.value = this.samples[which]
    this.fresh = true
    if (which === 'example') await this.on.claims()
    else this.text.focus()
  }

  async #claimsFile(input) {
    const [file] = input.files
    input.value = ''
    if (!file) return
    this.text.value = await file.text()
    this.fresh = true
    await this.on.claims()
  }
}
