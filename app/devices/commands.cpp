#include "app/devices/commands.h"

#include <QPointer>
#include <QProcess>
#include <QTimer>

namespace marea::app {
namespace {

constexpr int kMostMs = 30'000;

core::unexpected<core::Error> failed(const QStringList& command, const QString& words) {
    return core::fail(core::ErrorCode::Io, "The system did not let go of the device.",
                      (command.join(QLatin1Char(' ')) + QStringLiteral(": ") + words).toStdString());
}

}  // namespace

CommandRunner systemCommands(QObject* context) {
    return [context = QPointer<QObject>(context)](const QStringList& command, CommandDone done) {
        if (!context || command.isEmpty())
            return;
        auto* process = new QProcess(context);
        const auto finish = [process, command, done = std::move(done)](bool ok) {
            process->disconnect();
            process->deleteLater();
            done(ok ? core::Result<void>()
                    : failed(command, QString::fromLocal8Bit(process->readAllStandardError()).left(400)));
        };
        QObject::connect(process, &QProcess::finished, context, [finish](int code, QProcess::ExitStatus status) {
            finish(status == QProcess::NormalExit && code == 0);
        });
        QObject::connect(process, &QProcess::errorOccurred, context, [finish](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                finish(false);
        });
        QTimer::singleShot(kMostMs, process, &QProcess::kill);
        process->start(command.first(), command.mid(1));
    };
}

void tryEach(const CommandRunner& run, QList<QStringList> commands, CommandDone done) {
    if (commands.isEmpty())
        return done(core::fail(core::ErrorCode::Unprocessable, "There is nothing to let go of."));
    const auto first = commands.takeFirst();
    run(first, [run, commands, done = std::move(done)](const core::Result<void>& result) {
        result || commands.isEmpty() ? done(result) : tryEach(run, commands, done);
    });
}

QList<QStringList> ejectCommands(const FoundDevice& device) {
    if (device.kind != FoundDevice::Kind::Volume || device.node.isEmpty())
        return {};
    return {{QStringLiteral("gio"), QStringLiteral("mount"), QStringLiteral("-e"), device.place},
            {QStringLiteral("udisksctl"), QStringLiteral("unmount"), QStringLiteral("-b"), device.node},
            {QStringLiteral("umount"), device.place}};
}

// With all volumes of the same device.
QList<QStringList> macEjectCommands(const FoundDevice& device) {
    if (device.kind != FoundDevice::Kind::Volume || device.node.isEmpty())
        return {};
    return {{QStringLiteral("diskutil"), QStringLiteral("eject"), device.node}};
}

QStringList releaseCommand(const FoundDevice& device) {
    if (device.release.isEmpty())
        return {};
    return {QStringLiteral("gio"), QStringLiteral("mount"), QStringLiteral("-u"), device.release};
}

}  // namespace marea::app
