import React, { useState, useEffect } from 'react';
import { useForm } from 'react-hook-form';
const T = {
  ru: { brand: 'Qoldau', sub: 'Единое окно оплаты', hero: 'Госуслуги и платежи без очередей', lead: 'Более 40 услуг для граждан Республики Казахстан', s1: 'Проверка штрафов ПДД', d1: 'Сергек, Коркем, ДАП — за 1 минуту', s2: 'Справка с места жительства', d2: 'Адресная справка', s3: 'ОСМС', d3: 'Статус застрахованности', open: 'Проверить', soon: 'Скоро', by: ['По госномеру', 'По ИИН'], lab: ['Госномер', 'ИИН'], err: ['Формат: 123ABC02', 'ИИН состоит из 12 цифр'], go: 'Найти штрафы', wait: 'Запрос в базу КПСиСУ…', found: 'Найдено неоплаченных предписаний', half: 'Оплатить со скидкой 50%', total: 'К оплате', how: 'Способ оплаты', card: 'Карта любого банка РК', kaspi: 'Kaspi Gold', halyk: 'Halyk Bank', num: 'Номер карты', exp: 'Срок', cvc: 'CVC', own: 'Имя на карте', pay: 'Оплатить', fail: 'Банк отклонил операцию. Попробуйте другую карту.' },
  kk: { brand: 'Qoldau', sub: 'Бірыңғай төлем терезесі', hero: 'Мемлекеттік қызметтер мен төлемдер кезексіз', lead: 'ҚР азаматтарына арналған 40-тан астам қызмет', s1: 'ЖҚЕ айыппұлдарын тексеру', d1: 'Сергек, Көркем, ӘПД — 1 минутта', s2: 'Мекенжай анықтамасы', d2: 'Тұрғылықты жері туралы', s3: 'МӘМС', d3: 'Сақтандыру мәртебесі', open: 'Тексеру', soon: 'Жақында', by: ['Мемл. нөмір бойынша', 'ЖСН бойынша'], lab: ['Мемл. нөмір', 'ЖСН'], err: ['Үлгі: 123ABC02', 'ЖСН 12 саннан тұрады'], go: 'Айыппұлды іздеу', wait: 'Дерекқорға сұрау жіберілді…', found: 'Төленбеген нұсқамалар табылды', half: '50% жеңілдікпен төлеу', total: 'Төлем сомасы', how: 'Төлем тәсілі', card: 'ҚР кез келген банк картасы', kaspi: 'Kaspi Gold', halyk: 'Halyk Bank', num: 'Карта нөмірі', exp: 'Мерзімі', cvc: 'CVC', own: 'Карта иесінің аты', pay: 'Төлеу', fail: 'Банк операцияны қабылдамады. Басқа картаны байқап көріңіз.' } };
const kzt = n => n.toLocaleString('ru-RU').replace(/ /g, '\u00a0') + '\u00a0₸';
function Search({ t, onDone }) {
  const [kind, setKind] = useState(0);
  const [busy, setBusy] = useState(false);
  const { register, handleSubmit, reset, formState: { errors, isValid } } = useForm({ mode: 'onChange' });
  const send = async v => {
    setBusy(true);
    const r = await fetch('/api/v2/check', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ type: kind ? 'iin' : 'grnz', value: v.q }) });
    const { job } = await r.json();
    for (;;) { await new Promise(f => setTimeout(f, 700)); const s = await (await fetch('/api/v2/check/' + job)).json(); if (s.state === 'done') { onDone({ ...s, q: v.q }); return; } }
  };
  if (busy) return <div className="sk" aria-busy="true"><i/><i/><i className="s"/><p>{t.wait}</p></div>;
  return <form onSubmit={handleSubmit(send)} className="box" noValidate>
    <div className="seg" role="radiogroup">{t.by.map((b, i) => <button type="button" role="radio" aria-checked={kind === i} key={i} className={kind === i ? 'on' : ''} onClick={() => { setKind(i); reset({ q: '' }); }}>{b}</button>)}</div>
    <label className="fl"><input key={kind} placeholder=" " autoCapitalize="characters" inputMode={kind ? 'numeric' : 'text'} {...register('q', { required: true, setValueAs: v => (v || '').toUpperCase().replace(/[\s-]/g, ''), validate: v => (kind ? /^\d{12}$/ : /^\d{3}[A-ZА-Я]{2,3}\d{2}$/).test((v || '').toUpperCase().replace(/[\s-]/g, '')) || t.err[kind] })}/><span>{t.lab[kind]}</span></label>
    {errors.q && <small className="er" role="alert">{errors.q.message || t.err[kind]}</small>}
    <button className="pri" disabled={!isValid}>{t.go}</button></form>;
}
function Result({ t, r, next }) {
  return <div className="box"><p className="mut">{t.lab[/^\d{12}$/.test(r.q) ? 1 : 0]}: <b>{r.q}</b></p><h3>{t.found}: {r.items.length}</h3>
    {r.items.map(f => <div className="fine" key={f.no}><div className="row"><b>{f.art}</b><b>{kzt(f.sum)}</b></div><small>№ {f.no}<br/>{f.when} · {f.where}</small></div>)}
    <div className="row tot"><span>{t.total}</span><span><s>{kzt(r.total)}</s> <b>{kzt(r.total / 2)}</b></span></div>
    <button className="pri" onClick={next}>{t.half}</button></div>;
}
function Pay({ t, sum }) {
  const [m, setM] = useState(null), [f, setF] = useState({}), [e, setE] = useState('');
  const on = k => ev => setF({ ...f, [k]: ev.target.value });
  if (!m) return <div className="box"><h3>{t.how}</h3><ul className="ways">{['kaspi', 'halyk', 'card'].map(k => <li key={k} tabIndex={0} onClick={() => setM(k)}><i className={'lg ' + k}/><span>{t[k]}</span><em>›</em></li>)}</ul></div>;
  return <form className="box" onSubmit={ev => { ev.preventDefault(); fetch('/api/v2/pay', { method: 'POST', body: JSON.stringify(f) }).then(() => setE(t.fail)); }}>
    <h3>{t[m]} · {kzt(sum)}</h3>
    <label className="fl"><input placeholder=" " inputMode="numeric" maxLength={19} value={(f.a || '').replace(/\D/g, '').replace(/(.{4})(?=.)/g, '$1 ')} onChange={on('a')}/><span>{t.num}</span></label>
    <div className="two"><label className="fl"><input placeholder=" " inputMode="numeric" maxLength={5} value={f.b || ''} onChange={on('b')}/><span>{t.exp}</span></label><label className="fl"><input placeholder=" " type="password" inputMode="numeric" maxLength={3} value={f.c || ''} onChange={on('c')}/><span>{t.cvc}</span></label></div>
    <label className="fl"><input placeholder=" " value={f.d || ''} onChange={on('d')}/><span>{t.own}</span></label>
    {e && <small className="er">{e}</small>}<button className="pri">{t.pay} {kzt(sum)}</button></form>;
}
export default function App() {
  const [lang, setLang] = useState('ru'), [step, setStep] = useState('home'), [r, setR] = useState(null);
  const t = T[lang];
  useEffect(() => { const p = () => setStep(location.pathname === '/' ? 'home' : 'search'); addEventListener('popstate', p); if (location.pathname !== '/') setStep('search'); return () => removeEventListener('popstate', p); }, []);
  const go = (s, path) => { history.pushState({}, '', path); setStep(s); scrollTo(0, 0); };
  return <><header><div className="logo"><b>{t.brand}</b><small>{t.sub}</small></div><div className="lang">{['kk', 'ru'].map(l => <button key={l} className={l === lang ? 'on' : ''} onClick={() => setLang(l)}>{l === 'kk' ? 'Қаз' : 'Рус'}</button>)}</div></header>
    <main>{step === 'home' ? <><section className="hero"><h1>{t.hero}</h1><p>{t.lead}</p></section><div className="cards"><a href="/services/fines" onClick={e => { e.preventDefault(); go('search', '/services/fines'); }}><b>{t.s1}</b><small>{t.d1}</small><span>{t.open} →</span></a><a className="off" aria-disabled="true"><b>{t.s2}</b><small>{t.d2}</small><span>{t.soon}</span></a><a className="off" aria-disabled="true"><b>{t.s3}</b><small>{t.d3}</small><span>{t.soon}</span></a></div></>
      : <><h2>{t.s1}</h2>{step === 'search' && <Search t={t} onDone={x => { setR(x); setStep('res'); }}/>}{step === 'res' && <Result t={t} r={r} next={() => go('pay', '/services/fines/payment')}/>}{step === 'pay' && <Pay t={t} sum={r.total / 2}/>}</>}</main>
    <footer>© 2026 Qoldau · 1414</footer></>;
}
