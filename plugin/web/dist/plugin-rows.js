import{a as u,e as g,n,c,P as f,b as p,A as l,f as b,l as m,t as v}from"./u2035.js";import{b as y,e as w,d as $}from"./plugin-list-part.js";import"./plugin-long-list.js";var x=Object.defineProperty,k=Object.getOwnPropertyDescriptor,a=(t,e,i,r)=>{for(var o=r>1?void 0:r?k(e,i):e,h=t.length-1,d;h>=0;h--)(d=t[h])&&(o=(r?d(e,i,o):d(o))||o);return r&&o&&x(e,i,o),o};let s=class extends f{constructor(){super(...arguments),this.load=null,this.row=()=>p``,this.heights=[60,96],this.label="",this.total=null,this.empty=l,this.plain=!1,this.standing={loading:!0,error:null,loaded:0,complete:!1},this.narrow=!1,this.sizes=new ResizeObserver(([t])=>this.narrow=(t?.contentRect.width??1e3)<=640),this.take=t=>{const e=this.standing;return(e.loading!==t.loading||e.error!==t.error||e.loaded!==t.loaded||e.complete!==t.complete)&&queueMicrotask(()=>this.standing=t),l}}get loaded(){return this.list?.loaded??[]}again(){return this.list.again()}replace(t,e){this.list.replace(t,e)}redraw(){this.list?.requestUpdate()}connectedCallback(){super.connectedCallback(),this.sizes.observe(this)}disconnectedCallback(){super.disconnectedCallback(),this.sizes.disconnect()}willUpdate(t){t.has("load")&&t.get("load")&&(this.standing={loading:!0,error:null,loaded:0,complete:!1})}render(){const{loading:t,error:e,loaded:i,complete:r}=this.standing,o=this.heights[this.narrow?1:0],h=$[this.ctx.language];return p`<kit-long-list
        ?hidden=${i===0}
        tabindex=${this.plain?"0":l}
        role=${this.plain?"group":l}
        aria-label=${this.plain?this.label:l}
        .load=${this.load}
        .row=${this.row}
        .rowHeight=${o}
        .label=${this.label}
        .foot=${this.take}
        .style=${`height:min(66vh,${i*o}px)`}
      ></kit-long-list>
      ${e?p`<div class="foot">${b(this.ctx,e,()=>void this.list.more())}</div>`:l}
      ${!e&&i===0&&(t||!r)?m(this.ctx):l}
      ${!e&&i===0&&r?this.empty:l}
      ${i>0?p`<p class="foot">${r?h.allShown(this.ctx.locale,i):h.someShown(this.ctx.locale,i,this.total)}</p>`:l}`}};s.styles=[u,y,g`
      :host { container: none; }
      kit-long-list { min-height: 0; overscroll-behavior: contain; }
      .foot { padding: var(--u-3) var(--u-5); font-size: var(--u-fs-s); color: var(--u-ink-2); }
      @container page (max-width: 660px) { .foot { padding-inline: var(--u-4); } }
    `];a([n({attribute:!1})],s.prototype,"load",2);a([n({attribute:!1})],s.prototype,"row",2);a([n({attribute:!1})],s.prototype,"heights",2);a([n()],s.prototype,"label",2);a([n({attribute:!1})],s.prototype,"total",2);a([n({attribute:!1})],s.prototype,"empty",2);a([n({type:Boolean})],s.prototype,"plain",2);a([c()],s.prototype,"standing",2);a([c()],s.prototype,"narrow",2);a([w("kit-long-list")],s.prototype,"list",2);s=a([v("u2035-rows")],s);
