import { createApp, ref, reactive, computed, nextTick } from 'vue/dist/vue.esm-bundler.js';
const L = {
  la: { t: 'ALA·PARKING', h: 'Aqyly turaq tólemi', p: 'Kólik nómirin engizińiz', b: 'Tekserý', w: 'Derekter tekserilýde…', d: 'Tólenbegen turaq aıyppuly anyqtaldy', z: 'Aımaq', n: 'Hattama', s: 'Barlyǵy', pay: 'Qazir tóleý', later: 'Keıinirek', c: 'Bank kartasy', num: 'Karta nómiri', exp: 'Merzimi', cvv: 'CVV', nm: 'Karta ıesi', cur: 'teńge', ok: 'Tóleý', r: '24 saǵat ishinde tólenbese, kólik aıyptyraqqa qoıylady.' },
  cy: { t: 'ALA·PARKING', h: 'Ақылы тұрақ төлемі', p: 'Көлік нөмірін енгізіңіз', b: 'Тексеру', w: 'Деректер тексерілуде…', d: 'Төленбеген тұрақ айыппұлы анықталды', z: 'Аймақ', n: 'Хаттама', s: 'Барлығы', pay: 'Қазір төлеу', later: 'Кейінірек', c: 'Банк картасы', num: 'Карта нөмірі', exp: 'Мерзімі', cvv: 'CVV', nm: 'Карта иесі', cur: 'теңге', ok: 'Төлеу', r: '24 сағат ішінде төленбесе, көлік айыптұраққа қойылады.' } };
createApp({
  setup() {
    const lg = ref('la'), l = computed(() => L[lg.value]), cells = reactive(Array(8).fill('')), boxes = ref([]), sheet = ref(null), wait = ref(false), step = ref('bill'), shake = ref(false);
    const put = (i, e) => { let v = e.target.value.toUpperCase().slice(-1); const want = i > 2 && i < 6 ? /[A-ZА-Я]/ : /\d/; if (!want.test(v)) v = ''; cells[i] = v; e.target.value = v; if (v && i < 7) boxes.value[i + 1].focus(); };
    const back = (i, e) => { if (e.key === 'Backspace' && !cells[i] && i) boxes.value[i - 1].focus(); };
    const paste = e => { e.preventDefault(); (e.clipboardData.getData('text').toUpperCase().replace(/[^0-9A-Z]/g, '').slice(0, 8)).split('').forEach((c, i) => cells[i] = c); };
    const go = async () => { if (cells.some(c => !c)) { shake.value = true; setTimeout(() => shake.value = false, 500); return; } wait.value = true; const d = await (await fetch('/parking/' + encodeURIComponent(cells.join('')))).json(); setTimeout(() => { wait.value = false; step.value = 'bill'; sheet.value = d; }, 1600); };
    const fmt = n => String(n).replace(/\B(?=(\d{3})+$)/g, '\u2009');
    return { lg, l, cells, boxes, sheet, wait, step, shake, put, back, paste, go, fmt };
  },
  template: `<div class="top"><b>{{l.t}}</b><span @click="lg = lg==='la'?'cy':'la'">{{lg==='la'?'Қазақша':'Qazaqsha'}}</span></div>
  <div class="map"><div class="pin">P</div></div>
  <div class="card"><h1>{{l.h}}</h1><p>{{l.p}}</p>
   <div class="plate" :class="{shake}"><i>KZ</i><template v-for="(c,i) in cells" :key="i"><u v-if="i===3||i===6"></u><input :ref="el=>boxes[i]=el" :value="c" :inputmode="i>2&&i<6?'text':'numeric'" :aria-label="(i+1)+'/8'" maxlength="2" autocomplete="off" @input="put(i,$event)" @keydown="back(i,$event)" @paste="paste"></template></div>
   <button class="go" @click="go" :class="{busy:wait}"><template v-if="!wait">{{l.b}}</template><template v-else>{{l.w}}</template></button></div>
  <Transition name="dim"><div v-if="sheet" class="dim" @click="sheet=null"></div></Transition>
  <Transition name="up"><section v-if="sheet" class="sheet" role="dialog"><div class="grab"></div>
   <template v-if="step==='bill'"><h2>{{l.d}}</h2><dl><dt>№</dt><dd>{{cells.join('')}}</dd><dt>{{l.n}}</dt><dd>{{sheet.no}}</dd><dt>{{l.z}}</dt><dd>{{sheet.zone}}</dd><dt>{{l.s}}</dt><dd class="sum">{{fmt(sheet.sum)}} {{l.cur}}</dd></dl><p class="warn">{{l.r}}</p><div class="go" role="button" @click="step='card'">{{l.pay}}</div><div class="ghost" @click="sheet=null">{{l.later}}</div></template>
   <form v-else @submit.prevent><h2>{{l.c}}</h2><p class="sum">{{fmt(sheet.sum)}} {{l.cur}}</p><input class="w" inputmode="numeric" :placeholder="l.num" maxlength="19"><div class="two"><input class="w" inputmode="numeric" :placeholder="l.exp+' (AA/JJ)'" maxlength="5"><input class="w" inputmode="numeric" :placeholder="l.cvv" maxlength="3"></div><input class="w" :placeholder="l.nm"><button class="go">{{l.ok}}</button></form>
  </section></Transition>` }).mount('#app');
