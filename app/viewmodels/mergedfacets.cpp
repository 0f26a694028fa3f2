#include "app/viewmodels/mergedfacets.h"

#include <algorithm>
#include <map>

namespace marea::app {
namespace {

QList<FacetValue> summed(const QList<Facets>& all, QList<FacetValue> Facets::*facet) {
    std::map<QString, FacetValue> sums;
    for (const auto& one : all)
        for (const auto& value : one.*facet) {
            auto& sum = sums[value.value];
            sum = {value.value, sum.count + value.count, sum.count > 0};
        }
    QList<FacetValue> list;
    for (const auto& [value, sum] : sums)
        list << sum;
    std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
    return list;
}

}  // namespace

Facets mergedFacets(const QList<Facets>& all) {
    if (all.size() == 1)
        return all.first();
    return {summed(all, &Facets::genres), summed(all, &Facets::decades)};
}

}  // namespace marea::app
