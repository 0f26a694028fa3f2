#pragma once

#include <gtest/gtest.h>

#include <QDataStream>
#include <QFile>

namespace marea::app::test {

// Silence, two seconds of it where nothing else is said, with nothing but the standard's header (RIFF WAVE).
inline void writeSound(const QString& path, quint32 bytes = 2 * 8000 * 2) {
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    constexpr quint32 rate = 8000;
    QDataStream out(&file);
    out.setByteOrder(QDataStream::LittleEndian);
    out.writeRawData("RIFF", 4);
    out << quint32(36 + bytes);
    out.writeRawData("WAVEfmt ", 8);
    out << quint32(16) << quint16(1) << quint16(1) << rate << rate * 2 << quint16(2) << quint16(16);
    out.writeRawData("data", 4);
    out << bytes;
    ASSERT_TRUE(file.resize(file.pos() + bytes));
}

}  // namespace marea::app::test
