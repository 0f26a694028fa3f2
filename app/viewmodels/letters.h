#pragma once

#include <QHash>
#include <QVariantList>

#include "app/api/types.h"

namespace marea::app {

// The alphabet of a list by names, {text, row, present}: `row` is where the letter begins, or would. Empty when
// nothing is known of it.
QVariantList letterRows(const QList<LetterPlace>& places, int total);

// The letters of several lists as those of one in that order, without the copies that it leaves out. Where all lists
// have cursors, so has the one: kFromLetter and kBeforeLetter with the letter.
inline const QString kFromLetter = QStringLiteral("letter:"), kBeforeLetter = QStringLiteral("before:");
QList<LetterPlace> mergedLetters(const QList<QList<LetterPlace>>& lists, const QHash<QString, int>& copies,
                                 bool descending);

// Under which letter the row stands; "" unknown.
QString letterOf(const QList<LetterPlace>& places, int row);

// The first place that does not stand before that letter in a list of that order; places.size(): all do.
qsizetype placeOf(const QList<LetterPlace>& places, const QString& letter, bool descending);

// How many titles stand before that place.
int rowsBefore(const QList<LetterPlace>& places, qsizetype place);

// The places of so many rows from the first one on.
QList<LetterPlace> firstRows(const QList<LetterPlace>& places, int rows);

}  // namespace marea::app
