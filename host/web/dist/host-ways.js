import{w as b,h as p,a as c,b as i,j as w}from"./shell.js";import{n as $}from"./host-run-view.js";import{c as u}from"./host-shown.js";const m=["sql","http","odata","listen","files"];function g(n){const e=l=>m.includes(l.name)?m.indexOf(l.name):m.length;return[...n].sort((l,o)=>e(l)-e(o)||l.title.localeCompare(o.title))}function v(n,e){const l=u[n.language];return l.ways[e.name]??{title:e.title,...l.ownWay}}function h(n,e){return b(p("org",n,"connections","new"),new URLSearchParams(e).toString())}function N(n,e,l,o,d){const t=u[n.language],a=(s,f)=>i`<tr>
      <td><b>${s.title}</b></td>
      <td data-label=${t.fits}>${s.fits}</td>
      <td data-label=${t.takes}><div>${s.needs}${s.time?i`<small>${s.time}</small>`:c}</div></td>
      ${d?i`<td class="act"><a class="btn small" href=${f} aria-label="${t.begin}: ${s.title}">${t.begin}</a></td>`:c}
    </tr>`,r=o[0];return i`<div class="table-wrap">
    <table class="stackable">
      <thead><tr><th scope="col">${t.way}</th><th scope="col">${t.fits}</th><th scope="col">${t.takes}</th>${d?i`<th scope="col"><span class="sr">${t.action}</span></th>`:c}</tr></thead>
      <tbody>
        ${r?a({...t.ways.sets,fits:t.setsFit(o.map(s=>s.title))},h(e,{kind:r.kind,set:r.name})):c}
        ${g(l).map(s=>a(v(n,s),h(e,{kind:s.name})))}
        ${a(t.ways.xapi,p("org",e,"xapi"))}
      </tbody>
    </table>
  </div>`}function x(n,e,l,o,d){const t=u[n.language];return l.length===0?c:i`<section class="panel" aria-labelledby="sets">
    <div class="panel-head"><div><h2 id="sets">${t.setsTitle}</h2><p class="small muted">${t.setsLead}</p></div></div>
    <ul class="set-list">
      ${l.map(a=>{const r=o.filter(s=>s.kind===a.kind);return i`<li>
          <div>
            <h3>${a.title}</h3>
            <details class="more">
              <summary>${w("chev","s")}${n.locale.count(a.routes.length,t.routeForms)}<span class="sr">: ${a.title}</span></summary>
              <ol class="names">${a.routes.map(s=>i`<li>${$(s)}</li>`)}</ol>
            </details>
          </div>
          ${d?i`<div class="btns">
                ${r.slice(0,3).map(s=>i`<a class="btn small" href=${b(p("org",e,"connections",s.name,"set"),`set=${encodeURIComponent(a.name)}`)} aria-label="${t.setInto($(s))}: ${a.title}">${t.setInto($(s))}</a>`)}
                <a class="btn small" href=${h(e,{kind:a.kind,set:a.name})} aria-label="${r.length?t.setNewOther:t.setNew}: ${a.title}">${r.length?t.setNewOther:t.setNew}</a>
              </div>`:c}
        </li>`})}
    </ul>
  </section>`}export{v as a,g as i,h as n,x as s,N as w};
