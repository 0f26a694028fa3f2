#pragma once

#include "app/api/types.h"

namespace marea::app {

// A title of any library by one word, as pages pass it on: its id, and "@" with the address of the library that has it,
// where that is another than the one in use. Pure.
struct TitleRef {
    QString id, place;
};
inline QString refOf(const MediaItem& item) {
    return item.place.isEmpty() ? item.id : item.id + QLatin1Char('@') + item.place;
}
inline TitleRef titleRef(const QString& ref) {
    return {ref.section(QLatin1Char('@'), 0, 0), ref.section(QLatin1Char('@'), 1)};
}

}  // namespace marea::app
