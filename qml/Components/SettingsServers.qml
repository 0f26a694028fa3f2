import QtQuick
import Marea
import Marea.App

// The servers that one has been on: to another, or no longer.
Column {
    id: section
    required property AppContext app
    property string query: ""
    property bool narrow: false
    Setting {
        query: section.query
        stacked: true
        title: qsTr("Servers")
        explanation: qsTr("Change between them without signing in anew.")
        Column {
            width: section.width
            spacing: 4
            Repeater {
                model: section.app.session.servers
                SettingsRow {
                    required property var modelData
                    iconName: "server"
                    title: modelData.name
                    detail: modelData.user === "" ? modelData.address : qsTr("%1 on %2").arg(modelData.user).arg(modelData.address)
                    AppButton { visible: !modelData.current; quiet: true; text: qsTr("Switch"); Accessible.name: qsTr("Switch to %1").arg(modelData.name); onClicked: section.app.session.switchTo(modelData.address) }
                    IconButton { visible: !modelData.current; iconName: "x"; iconSize: 16; color: Theme.secondary; text: qsTr("Forget %1").arg(modelData.name); onClicked: section.app.session.forgetServer(modelData.address) }
                    Icon { visible: modelData.current; anchors.verticalCenter: parent.verticalCenter; name: "check"; color: Theme.accent }
                }
            }
            Row {
                spacing: 8
                Field { id: address; width: Math.min(300, section.width - 120); placeholderText: qsTr("casa.example or 192.168.1.20:8470"); label: qsTr("Address of another server"); inputMethodHints: Qt.ImhUrlCharactersOnly | Qt.ImhNoAutoUppercase; onAccepted: add.clicked() }
                AppButton { id: add; text: qsTr("Add"); enabled: address.text.trim() !== ""; onClicked: if (enabled) section.app.session.switchTo(address.text.trim()) }
            }
        }
    }
}
