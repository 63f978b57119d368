import { h, render } from 'preact';
import { useState, useEffect, useRef } from 'preact/hooks';
import htm from 'htm';
import Swiper from 'swiper';
import { Pagination } from 'swiper/modules';
import IMask from 'imask';
const html = htm.bind(h);
const mask = o => el => { if (el && !el.m) el.m = IMask(el, o); };
function Intro({ done }) {
  const box = useRef(), sw = useRef(), [last, setLast] = useState(false);
  useEffect(() => { sw.current = new Swiper(box.current, { modules: [Pagination], pagination: { el: '.swiper-pagination' }, on: { slideChange: s => setLast(s.isEnd) } }); }, []);
  const S = [['🚗', 'Все штрафы в одном месте', 'ГИБДД, МАДИ, АМПП и платные парковки'], ['⚡', 'Скидка 25%', 'Успейте оплатить в течение 30 дней'], ['🔒', 'Безопасно', 'Данные ГИС ГМП, чек на почту']];
  return html`<div class="intro"><div class="swiper" ref=${box}><div class="swiper-wrapper">${S.map(s => html`<div class="swiper-slide"><div class="em">${s[0]}</div><h2>${s[1]}</h2><p>${s[2]}</p></div>`)}</div><div class="swiper-pagination"></div></div><button onClick=${() => last ? done() : sw.current.slideNext()}>${last ? 'Начать' : 'Далее'}</button></div>`;
}
function App() {
  const [s, set] = useState('intro'), [list, setList] = useState([]), [pick, setPick] = useState([]), [way, setWay] = useState(''), [t, setT] = useState('');
  const go = async e => { e.preventDefault(); const f = new FormData(e.target); if (String(f.get('num')).length < 6 || String(f.get('reg')).length < 2) return setT('Введите номер и регион'); if (String(f.get('sts')).replace(/\s/g, '').length < 10) return setT('Номер СТС — 10 знаков'); setT(''); set('wait'); const r = await fetch('/gismp', { method: 'POST', body: f }); const rd = r.body.getReader(), dec = new TextDecoder(); let b = ''; for (;;) { const { value, done } = await rd.read(); if (done) break; b += dec.decode(value); setT(b.trim().split('\n').pop().slice(0, 60)); } const l = JSON.parse(b.trim().split('\n').pop()); setT(''); setList(l); setPick(l.map((_, i) => i)); set('list'); };
  const sum = pick.reduce((a, i) => a + list[i].pay, 0);
  if (s === 'intro') return html`<${Intro} done=${() => set('form')} />`;
  return html`<div class="app"><header><span>‹</span> Автокод·Штрафы</header>
  ${s === 'form' && html`<form onSubmit=${go}><h2>Добавьте автомобиль</h2><div class="gr"><label>Номер<input name="num" ref=${mask({ mask: 'a000aa', definitions: { a: /[A-Za-zА-Яа-я]/ }, prepareChar: c => c.toUpperCase() })} placeholder="А123ВС" /></label><label>Регион<input name="reg" inputmode="numeric" ref=${mask({ mask: '000' })} placeholder="77" /></label></div><label>СТС<input name="sts" ref=${mask({ mask: '00 ** 000000', definitions: { '*': /[0-9A-Za-zА-Яа-я]/ } })} placeholder="77 УК 123456" /></label>${t && html`<p class="er">${t}</p>`}<button>Проверить штрафы</button></form>`}
  ${s === 'wait' && html`<div class="wait"><div class="spin"></div><p>${t || 'Отправляем запрос…'}</p></div>`}
  ${s === 'list' && html`<div><h2>Неоплаченные: ${list.length}</h2>${list.map((f, i) => html`<label class="it" key=${f.uin}><input type="checkbox" checked=${pick.includes(i)} onChange=${() => setPick(pick.includes(i) ? pick.filter(x => x !== i) : [...pick, i])} /><span><b>${f.pay} ₽</b> <s>${f.full} ₽</s><br /><small>${f.art}<br />УИН ${f.uin}</small></span></label>`)}<div class="stick"><button disabled=${!pick.length} onClick=${() => set('way')}>К оплате ${sum} ₽</button></div></div>`}
  ${s === 'way' && html`<div><h2>Как оплатить ${sum} ₽</h2>${[['sbp', 'СБП', 'Временно недоступно'], ['card', 'Банковская карта', 'Мир, Visa, Mastercard'], ['sp', 'SberPay', 'Временно недоступно']].map(w => html`<label class=${'it' + (w[0] !== 'card' ? ' dis' : '')}><input type="radio" name="w" disabled=${w[0] !== 'card'} onChange=${() => setWay(w[0])} /><span>${w[1]}<br /><small>${w[2]}</small></span></label>`)}<button disabled=${!way} onClick=${() => set('card')}>Продолжить</button></div>`}
  ${s === 'card' && html`<form onSubmit=${e => e.preventDefault()}><h2>${sum} ₽</h2><div class="one"><input inputmode="numeric" placeholder="0000 0000 0000 0000" ref=${mask({ mask: '0000 0000 0000 0000' })} /><input inputmode="numeric" placeholder="ММ/ГГ" ref=${mask({ mask: '00/00' })} /><input inputmode="numeric" placeholder="CVC" ref=${mask({ mask: '000' })} /></div><label>E-mail для чека<input type="email" /></label><button>Оплатить</button></form>`}</div>`;
}
render(html`<${App} />`, document.getElementById('root'));
