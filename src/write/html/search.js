(function(){"use strict";
var index=JSON.parse(document.getElementById("index").textContent);
var form=document.querySelector("form"),box=document.getElementById("q"),list=document.getElementById("results"),count=document.getElementById("count"),most=50;
form.hidden=false;
function fold(s){return s.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g,"")}
function show(){
 var words=fold(box.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
 list.textContent="";
 if(!words.length){count.textContent="";return}
 var found=[];
 index.forEach(function(it){
  var head=" "+fold(it[2]),text=" "+it[3],score=0;
  var all=words.every(function(w){var h=head.indexOf(w)>=0,t=text.indexOf(" "+w)>=0;score+=h?3:t?1:0;return h||t});
  if(all)found.push([score,it])
 });
 found.sort(function(a,b){return b[0]-a[0]});
 count.textContent=found.length===0?"Nothing found":found.length+(found.length===1?" section":" sections")+(found.length>most?", the first "+most+" shown":"");
 found.slice(0,most).forEach(function(f){
  var li=document.createElement("li"),a=document.createElement("a"),p=document.createElement("span");
  a.href=f[1][0];a.textContent=f[1][2];p.textContent=f[1][1];p.className="quiet";
  li.append(a,document.createElement("br"),p);list.append(li)
 })
}
form.addEventListener("submit",function(e){e.preventDefault();show()});
box.addEventListener("input",show);
})();
