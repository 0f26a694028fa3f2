#pragma once

#include <gtest/gtest.h>

#include <QDataStream>
#include <QFile>

namespace marea::app::test {

// Two seconds of silence, with nothing but the standard's header (RIFF WAVE).
inline void writeSound(const QString& path) {
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    constexpr quint32 rate = 8000, bytes = 2 * rate * 2;
    QDataStream out(&file);
    out.setByteOrder(QDataStream::LittleEndian);
    out.writeRawData("RIFF", 4);
    out << quint32(36 + bytes);
    out.writeRawData("WAVEfmt ", 8);
    out << quint32(16) << quint16(1) << quint16(1) << rate << rate * 2 << quint16(2) << quint16(16);
    out.writeRawData("data", 4);
    out << bytes;
    file.write(QByteArray(bytes, '\0'));
}

}  // namespace marea::app::test
