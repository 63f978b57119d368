import { LitElement, html, css } from 'lit';
class AppCabinet extends LitElement {
  static properties = { tab: {}, step: {}, msg: {}, busy: {} };
  static styles = css`:host{display:block;background:#fff;border-radius:14px;padding:18px;margin:16px}.t{display:flex;border-bottom:1px solid #dde3ee}.t button{flex:1;border:0;background:none;padding:12px 4px;font-size:14px}.t .on{border-bottom:3px solid #1a73c7;font-weight:700}input{width:100%;box-sizing:border-box;padding:14px;border:1px solid #b8c4d6;border-radius:8px;font-size:17px;margin:12px 0}.b{width:100%;background:#1a73c7;color:#fff;border:0;border-radius:8px;padding:14px;font-size:16px}p{font-size:14px;color:#54627a}.e{color:#c5221f}`;
  constructor() { super(); this.tab = 'sms'; this.step = 1; this.msg = ''; }
  async call(url, body) { this.busy = true; const r = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }); const d = await r.json(); this.busy = false; this.msg = r.ok ? '' : d.message; return r.ok; }
  v(id) { return this.renderRoot.querySelector('#' + id).value; }
  async phone() { if (await this.call('/auth/otp', { phone: this.v('ph') })) this.step = 2; }
  async code() { await this.call('/auth/verify', { code: this.v('cd') }); }
  async pw() { await this.call('/auth/password', { login: this.v('lg'), password: this.v('pw') }); }
  eds() { this.msg = 'NCALayer іске қосылмаған. Установите и запустите NCALayer.'; }
  render() { return html`<div class="t">${[['sms', 'SMS-код'], ['pw', 'Пароль'], ['eds', 'ЭЦҚ / ЭЦП']].map(([k, n]) => html`<button class=${this.tab === k ? 'on' : ''} @click=${() => { this.tab = k; this.msg = ''; this.step = 1; }}>${n}</button>`)}</div>
   ${this.tab === 'sms' ? this.step === 1 ? html`<input id="ph" type="tel" inputmode="tel" placeholder="+7 (___) ___-__-__"><button class="b" ?disabled=${this.busy} @click=${this.phone}>Кодты алу / Получить код</button><p>Нөмір Мобильді азаматтар базасында (МАБ) тіркелген болуы керек.</p>` : html`<input id="cd" inputmode="numeric" maxlength="6" placeholder="Код из SMS"><button class="b" @click=${this.code}>Кіру / Войти</button>` : ''}
   ${this.tab === 'pw' ? html`<input id="lg" placeholder="ЖСН / ИИН" autocomplete="username"><input id="pw" type="password" placeholder="Құпиясөз / Пароль" autocomplete="current-password"><button class="b" @click=${this.pw}>Кіру / Войти</button>` : ''}
   ${this.tab === 'eds' ? html`<p>Кілт қоймасын таңдаңыз. Выберите хранилище ключей.</p><button class="b" @click=${this.eds}>Сертификатты таңдау</button>` : ''}
   ${this.msg ? html`<p class="e" role="alert">${this.msg}</p>` : ''}`; }
}
customElements.define('app-cabinet', AppCabinet);
