// The treemap is one stop of the Tab key; arrow keys go to the nearest part in their direction.
(function () {
  'use strict';
  var map = document.querySelector('.map');
  var where = document.querySelector('.where');
  if (!map || !where) { return; }
  var parts = Array.prototype.slice.call(map.querySelectorAll('a'));
  var current = 0;
  function tell(part) { where.textContent = part.getAttribute('aria-label'); }
  function middle(part) {
    var box = part.getBoundingClientRect();
    return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  }
  function nearest(x, y) {
    var from = middle(parts[current]);
    var best = -1;
    var least = Infinity;
    parts.forEach(function (part, i) {
      var to = middle(part);
      var along = (to[0] - from[0]) * x + (to[1] - from[1]) * y;
      var aside = Math.abs((to[0] - from[0]) * y) + Math.abs((to[1] - from[1]) * x);
      if (i !== current && along > 1 && along + 3 * aside < least) {
        least = along + 3 * aside;
        best = i;
      }
    });
    return best;
  }
  function go(i) {
    if (i < 0 || i >= parts.length) { return; }
    parts[current].tabIndex = -1;
    current = i;
    parts[i].tabIndex = 0;
    parts[i].focus();
  }
  parts.forEach(function (part, i) {
    part.tabIndex = i === 0 ? 0 : -1;
    part.addEventListener('focus', function () { current = i; tell(part); });
    part.addEventListener('mouseenter', function () { tell(part); });
  });
  map.addEventListener('keydown', function (event) {
    var steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    var step = steps[event.key];
    if (step) { go(nearest(step[0], step[1])); }
    else if (event.key === 'Home') { go(0); }
    else if (event.key === 'End') { go(parts.length - 1); }
    else { return; }
    event.preventDefault();
  });
}());
