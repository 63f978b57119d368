import 'zone.js';
import '@angular/compiler';
import { Component, CUSTOM_ELEMENTS_SCHEMA, signal, provideZoneChangeDetection } from '@angular/core';
import { bootstrapApplication, DomSanitizer } from '@angular/platform-browser';
import { FormGroup, FormControl, Validators, ReactiveFormsModule } from '@angular/forms';
class Toll {
  constructor() {
    this.stage = signal('form'); this.bill = signal(null); this.open = signal(false); this.cls = signal('');
    this.list = ['I — Passenger car / Легковой', 'II — Minibus / Микроавтобус', 'III — Truck up to 5.5 t', 'IV — Truck over 10 t'];
    this.f = new FormGroup({ grnz: new FormControl('', [Validators.required, Validators.pattern(/^[0-9A-Za-z ]{6,11}$/)]), cls: new FormControl('', Validators.required) });
  }
  choose(c) { this.cls.set(c); this.f.controls.cls.setValue(c); this.open.set(false); }
  send() {
    if (this.f.invalid) { this.f.markAllAsTouched(); return; }
    this.stage.set('wait');
    const x = new XMLHttpRequest(); x.open('PUT', '/api/vehicles/' + encodeURIComponent(this.f.value.grnz) + '/unpaid'); x.responseType = 'json';
    x.onload = () => setTimeout(() => { this.bill.set(x.response); this.stage.set('bill'); }, 1200); x.send();
  }
}
Component({
  selector: 'app-root', standalone: true, imports: [ReactiveFormsModule], schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `<mat-toolbar><b>KazToll</b><span>Saryarqa · Alakol</span></mat-toolbar>
@switch (stage()) {
 @case ('form') { <mat-card><h1>Check unpaid passages</h1><p>Проверка неоплаченного проезда по платным дорогам</p>
  <form [formGroup]="f" (ngSubmit)="send()">
   <mat-form-field [class.up]="f.value.grnz"><input formControlName="grnz" id="mat-input-0" autocomplete="off" style="text-transform:uppercase"><label for="mat-input-0">Vehicle registration / ГРНЗ</label>@if (f.controls.grnz.touched && f.controls.grnz.invalid) {<mat-error>Check the number / Проверьте номер</mat-error>}</mat-form-field>
   <mat-form-field [class.up]="cls()"><mat-select role="combobox" tabindex="0" [attr.aria-expanded]="open()" (click)="open.set(!open())">{{ cls() }}<i>▾</i></mat-select><label>Vehicle class / Класс ТС</label>@if (f.controls.cls.touched && f.controls.cls.invalid) {<mat-error>Choose the class / Выберите класс</mat-error>}</mat-form-field>
   @if (open()) {<div class="panel" role="listbox">@for (c of list; track c) {<mat-option role="option" (click)="choose(c)">{{ c }}</mat-option>}</div>}
   <button mat-flat-button type="submit">CHECK</button></form></mat-card> }
 @case ('wait') { <mat-progress-bar></mat-progress-bar><p class="c">Requesting gantry records…</p> }
 @case ('bill') { <mat-card><h1>{{ bill().count }} unpaid passages</h1><p>{{ f.value.grnz }} · {{ cls() }}</p>@for (p of bill().rows; track p.at) {<div class="r"><span>{{ p.at }}<br><small>{{ p.gate }}</small></span><b>KZT {{ p.sum }}</b></div>}<div class="r"><span>Penalty / Штраф ст. 572-1</span><b>KZT {{ bill().fine }}</b></div><div class="r t"><span>Amount due</span><b>KZT {{ bill().total }}</b></div><p class="w">Unpaid tolls are passed to the police within 48 hours and the vehicle may be held at the next gate.</p><button mat-flat-button (click)="stage.set('pay')">PAY NOW</button></mat-card> }
 @case ('pay') { <mat-card><h1>Secure payment</h1><iframe src="/acquiring/frame" title="payment" width="100%" height="360"></iframe></mat-card> }
}` })(Toll);
bootstrapApplication(Toll, { providers: [provideZoneChangeDetection()] }).catch(e => console.error(e));
