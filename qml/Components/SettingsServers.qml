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
                    iconName: modelData.own ? "monitor" : "server"
                    title: modelData.name
                    detail: modelData.own ? qsTr("Its own folders, without a server") : modelData.user === "" ? modelData.address : qsTr("%1 on %2").arg(modelData.user).arg(modelData.address)
                    AppButton { visible: !modelData.current; quiet: true; text: qsTr("Switch"); Accessible.name: qsTr("Switch to %1").arg(modelData.name); onClicked: section.app.session.switchTo(modelData.address) }
                    IconButton { visible: !modelData.current && !modelData.own; iconName: "x"; iconSize: 16; color: Theme.secondary; text: qsTr("Forget %1").arg(modelData.name); onClicked: section.app.session.forgetServer(modelData.address) }
                    Icon { visible: modelData.current; anchors.verticalCenter: parent.verticalCenter; name: "check"; color: Theme.accent }
                }
            }
            Row {
                spacing: 8
                Field { id: address; width: Math.min(300, section.width - 120); placeholderText: qsTr("casa.example or 192.168.1.20:8470"); label: qsTr("Address of another server"); inputMethodHints: Qt.ImhUrlCharactersOnly | Qt.ImhNoAutoUppercase; onAccepted: add.clicked() }
                AppButton { id: add; text: qsTr("Add"); enabled: address.text.trim() !== ""; onClicked: if (enabled) section.app.session.switchTo(address.text.trim()) }
            }
            ServersNearby {
                width: section.width
                topPadding: 8
                servers: section.app.nearby
                onChosen: (found, known) => { section.app.session.takeForKnown(found, known); section.app.session.switchTo(found) }
                Component.onCompleted: section.app.nearby.look()
            }
        }
    }
    Setting {
        query: section.query
        title: qsTr("Show a title once")
        explanation: qsTr("A search looks in all of these, and films, series, albums and artists stand in one list. What several have is shown once and plays from the nearest, and all of them know where you stopped. Off, they are kept apart.")
        Switch {
            checked: section.app.elsewhere.once
            Accessible.name: qsTr("Show a title once")
            onClicked: { section.app.elsewhere.once = checked; checked = Qt.binding(() => section.app.elsewhere.once) }
        }
    }
}
