import{R as l}from"./shell.js";import{c as o,p as d,i as u,b as p}from"./host-run-view.js";const v=l`
  .kept-secret { display: flex; align-items: center; gap: var(--u-2); flex: 1 1 10rem; min-width: 0; min-height: var(--u-control); padding: 0 var(--u-3); border: 1px solid var(--u-idle-line); border-radius: var(--u-r-m); background: var(--u-sunken); }
  .cause dd { overflow-wrap: anywhere; } .diagnosis + .diagnosis { margin-top: var(--u-3); }
  .note .cause { margin-top: var(--u-2); grid-template-columns: 5.5rem minmax(0, 1fr); font-size: var(--u-fs-s); }
  .failed-at { margin-bottom: var(--u-3); font-weight: var(--u-w-medium); }
  .panel-body > .note.warn + * { margin-top: var(--u-4); }
  td .badge, .panel-body .badge { white-space: normal; }
  td .state-text { margin-top: var(--u-1); color: var(--u-ink-2); text-wrap: pretty; overflow-wrap: anywhere; }
  @container page (min-width: 661px) { td:first-child { min-width: 10.5rem; } }
  .order { display: inline-flex; gap: 2px; vertical-align: middle; } .order + .btn { vertical-align: middle; } .order .btn.icon { width: var(--u-control-s); min-height: var(--u-control-s); }
  .order .turn-up .i { transform: rotate(180deg); }
  .kinds { display: grid; gap: var(--u-2); }
  .kinds label { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 2px var(--u-3); padding: var(--u-3) var(--u-4); border: 1px solid var(--u-line-control); border-radius: var(--u-r-m); cursor: pointer; }
  .kinds label:hover { background: var(--u-hover); }
  .kinds label:has(:checked) { border-color: var(--u-accent); box-shadow: inset 0 0 0 1px var(--u-accent); background: var(--u-accent-soft); }
  .kinds label:has(:focus-visible) { outline: 2px solid var(--u-focus); outline-offset: 2px; }
  .kinds input:focus-visible { outline: none; }
  .kinds .kind-title { font-weight: var(--u-w-medium); } .kinds .kind-fits { grid-column: 2; font-size: var(--u-fs-s); color: var(--u-ink-2); }
  .set-list { display: grid; } .set-list > li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: var(--u-2) var(--u-4); padding: var(--u-4) var(--u-5); border-top: 1px solid var(--u-line); }
  .set-list > li > div:first-child { flex: 1 1 18rem; min-width: 0; }
  .set-list .btns { min-width: 0; } .set-list .btn { white-space: normal; overflow-wrap: anywhere; }
  .set-list details { margin-top: var(--u-1); } .names { margin-top: var(--u-2); padding-left: 2.25rem; list-style: decimal; font-size: var(--u-fs-s); display: grid; gap: 2px; }
  details.fold > summary { font-size: var(--u-fs-m); } details.fold > .form { margin-top: var(--u-4); gap: var(--u-5); }
  .two { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: var(--u-5); }
  .state-line { display: flex; flex-wrap: wrap; align-items: center; gap: var(--u-2) var(--u-3); max-width: none; } .state-line .what { font-size: var(--u-fs-m); }
  .field .input, .field button { scroll-margin-block: 6.5rem; }
  .empty .btn .i { width: 18px; height: 18px; color: inherit; }
  .page-head .btns > .small, .page-head .btns .caption { align-self: center; }
  [role='alert'] + form { margin-top: var(--u-4); } .stack > .note + * { margin-top: 0; }
  .runs td:nth-child(2) { min-width: 8.5rem; }
  .after-well { margin-top: var(--u-2); max-width: 66ch; }
  h1 { overflow-wrap: anywhere; }
  .beside { padding-left: var(--u-5); list-style: disc; }
  @container page (max-width: 660px) { .note .cause { grid-template-columns: minmax(0, 1fr); } .two { grid-template-columns: minmax(0, 1fr); } .set-list > li { padding: var(--u-4); } }
`,m={disabled:["","minus"],"no-routes":["warn","alert"],"routes-disabled":["warn","alert"],going:["now","spin"],never:["","circle"],well:["ok","okc"],failed:["bad","excl"],remarks:["warn","alert"]};function f(r,e,{state:a}){const t=o[r.language],[n,i]=m[a],s=u(e)&&t.healthBrought[a]||t.health[a];return p(n,i,s)}function h(r,e){const a=o[r.language];if(e.state!=="failed"&&e.state!=="remarks")return a.healthText[e.state]??"";const{route:t,title:n,run:i}=e.head;return a.inRoute(n||t,i.diagnoses[0]?.title??d(r,i))}export{f as a,v as c,h};
