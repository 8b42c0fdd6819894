// @ts-check
// Tables as they are sent: what heads each column, and what stands in it for every row.

/**
 * What heads a column; `words` are all that may stand in a column of words.
 * @typedef {{id: string, label: string[], kind: string,
 *   words?: {id: string, label: string[]}[]}} Head
 */

/** A table whose rows came in one piece, or come stretch by stretch. */
class Table {
  /**
   * @param {{heads: Head[], decimals: number}} about
   * @param {number} most how many rows there will be at most
   */
  constructor(about, most) {
    this.heads = about.heads;
    this.decimals = about.decimals;
    this.count = 0;
    /** @type {Map<string, {head: Head, texts: string[], of: Int32Array | null}>} */
    this.columns = new Map(about.heads.map(head => [head.id,
      {head, texts: [], of: head.kind === 'text' ? null : new Int32Array(most)}]));
  }

  /** @param {{count: number, columns: Object<string, any>}} more rows behind those there are */
  add(more) {
    for (const [id, column] of this.columns) {
      const values = more.columns[id];
      if (column.head.kind !== 'text') {
        for (let row = 0; row < more.count; row += 1) {
          column.of[this.count + row] = values[row] === null ? Table.none : values[row];
        }
      } else if (typeof values === 'string') {
        // An empty text is one line, but there may be no row.
        if (more.count) for (const text of values.split('\n')) column.texts.push(text);
      } else {
        for (const number of values.of) column.texts.push(values.texts[number]);
      }
    }
    this.count += more.count;
  }

  has(id) { return this.columns.has(id); }

  title(id) { return told(this.columns.get(id).head.label); }

  /** What stands in a column of texts. */
  text(id, row) { return this.columns.get(id).texts[row]; }

  texts(id) { return this.columns.get(id).texts; }

  /** What stands in a column of numbers, or the number of a word; null for none. */
  number(id, row) {
    const number = this.columns.get(id).of[row];
    return number === Table.none ? null : number;
  }

  words(id) { return this.columns.get(id).head.words; }

  /** The word of a row; null for none. */
  word(id, row) { return this.words(id)[this.columns.get(id).of[row]] || null; }

  /** What people read. */
  shown(id, row) {
    const {head} = this.columns.get(id);
    if (head.kind === 'text') return this.text(id, row);
    if (head.kind === 'word') {
      const word = this.word(id, row);
      return word ? told(word.label) : '';
    }
    const value = this.number(id, row);
    if (value === null || (head.kind === 'rank' && !value)) return '';
    return head.kind === 'points' ? points(value, this.decimals)
      : head.kind === 'share' ? percent(value) : number(value);
  }

  /** What rows are sorted by: a number or a text; null stands last. */
  key(id, row) {
    const {head} = this.columns.get(id);
    if (head.kind === 'text') return this.text(id, row);
    const value = this.number(id, row);
    return (head.kind === 'rank' && !value) || (head.kind === 'word' && value < 0) ? null : value;
  }

  /** A column as `listing` shows it, with its cells, where nothing more is to be said of it. */
  plain(id, more = {}) {
    const {head} = this.columns.get(id);
    const isNumber = head.kind !== 'text' && head.kind !== 'word';
    const kind = [isNumber && 'number', more.kind].filter(Boolean).join(' ') || null;
    return {key: id, title: this.title(id), number: isNumber, kind: more.kind,
      down: more.down, value: row => this.key(id, row),
      cell: row => el('td', {class: kind}, this.shown(id, row))};
  }

  /** The columns that a view does not speak of itself, as they are. */
  others(spoken) {
    return this.heads.filter(head => !spoken.includes(head.id))
      .map(head => this.plain(head.id, {kind: 'roomy'}));
  }

  /** A filter by a column of words. */
  byWord(id, key, none) {
    return {key, title: this.title(id),
      of: row => { const word = this.word(id, row); return word ? word.id : ''; },
      name: value => { const word = this.words(id).find(one => one.id === value);
        return (word && told(word.label)) || none || t('无', 'none'); }};
  }

  /** A filter by the texts of a column. */
  byText(id, key, none) {
    return {key, title: this.title(id), of: row => this.text(id, row),
      name: value => value || none || t('无', 'none')};
  }
}

// Stands for nothing in a column of numbers.
Table.none = -2147483648;

/** A table that came in one piece. */
function tableOf(content) {
  const table = new Table(content, content.count);
  table.add(content);
  return table;
}
