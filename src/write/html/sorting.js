(function(){"use strict";
function words(cell){
 var copy=cell.cloneNode(true);
 copy.querySelectorAll("[data-added],.sort").forEach(function(it){it.remove()});
 return copy.textContent.replace(/\s+/g," ").trim()
}
function key(text){
 if(text===""||/^[–—-]$/.test(text))return null;
 var plain=text.replace(/\u2212/g,"-").replace(/,(?=\d{3})/g,"");
 var number=/^[^\d-]{0,3}(-?\d+(?:\.\d+)?)\s?(%|\S+|percentage points?)?$/.exec(plain);
 if(number?!/^\d{4}$/.test(plain):false)return parseFloat(number[1]);
 var day=/^(?:\d{1,2} )?[A-Z][a-z]+ \d{4}$/.test(plain)?Date.parse(plain):NaN;
 return isNaN(day)?text:day
}
document.querySelectorAll("table.sorts").forEach(function(table){
 var body=table.tBodies[0],rows=Array.prototype.slice.call(body.rows),heads=Array.prototype.slice.call(table.tHead.rows[0].cells);
 var by=-1,down=false,shows=[];
 function sort(){
  var sorted=rows.slice();
  if(by>=0){
   var keys=new Map(rows.map(function(row){return[row,key(words(row.cells[by]))]}));
   var numbers=rows.every(function(row){var it=keys.get(row);return it===null?true:typeof it==="number"});
   sorted.sort(function(a,b){
    var x=keys.get(a),y=keys.get(b);
    if(x===null||y===null)return x===y?0:x===null?1:-1;
    var apart=numbers?x-y:words(a.cells[by]).localeCompare(words(b.cells[by]),document.documentElement.lang,{numeric:true});
    return down?-apart:apart
   })
  }
  sorted.forEach(function(row){body.append(row)});
  shows.forEach(function(show){show()})
 }
 heads.forEach(function(head,column){
  var button=document.createElement("button"),name=words(head);
  button.type="button";button.className="sort";button.setAttribute("data-added","");
  button.setAttribute("aria-label","Sort by "+name);
  button.addEventListener("click",function(){
   if(by!==column){by=column;down=false}else if(down){by=-1;down=false}else down=true;
   sort()
  });
  shows.push(function(){
   var mine=by===column;
   button.textContent=mine?down?"▼":"▲":"↕";
   if(mine)head.setAttribute("aria-sort",down?"descending":"ascending");else head.removeAttribute("aria-sort")
  });
  head.append(" ",button)
 });
 shows.forEach(function(show){show()})
})
})();
