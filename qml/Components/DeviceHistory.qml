import QtQuick
import Marea
import Marea.App

// The syncs that have been, the latest first.
Column {
    id: history
    required property DeviceViewModel device
    visible: device.history.length > 0
    spacing: 4
    Label { width: parent.width; topPadding: 16; text: qsTr("History"); color: Theme.secondary; font.pixelSize: Theme.tiny; weight: Font.Medium; Accessible.role: Accessible.Heading; Accessible.name: text }
    Repeater {
        model: history.device.history.slice(0, 8)
        Label { required property string modelData; width: history.width; text: modelData; color: Theme.secondary; wrapMode: Text.Wrap; elide: Text.ElideNone }
    }
}
