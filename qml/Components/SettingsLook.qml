import QtQuick
import Marea
import Marea.App

Column {
    id: section
    required property AppContext app
    property string query: ""
    property bool narrow: false
    readonly property SettingsViewModel settings: app.settings
    Setting {
        query: section.query
        stacked: section.narrow
        title: qsTr("Theme")
        explanation: qsTr("Dark, light, or as the system is.")
        Choice {
            options: [{value: "system", text: qsTr("System"), icon: "monitor"}, {value: "dark", text: qsTr("Dark"), icon: "moon"}, {value: "light", text: qsTr("Light"), icon: "sun"}]
            value: section.settings.theme
            onPicked: (value) => section.settings.theme = value
        }
    }
    Setting {
        query: section.query
        stacked: section.narrow
        title: qsTr("Language")
        explanation: qsTr("Changes at once, without a restart.")
        Choice {
            options: [{value: "", text: qsTr("System")}, {value: "en", text: "English"}, {value: "es", text: "Español"}]
            value: section.settings.language
            onPicked: (value) => section.settings.language = value
        }
    }
    Setting {
        query: section.query
        title: qsTr("Stay in the tray")
        explanation: qsTr("Closing the window leaves Marea running, where the system has a tray.")
        Switch {
            checked: section.settings.tray
            Accessible.name: qsTr("Stay in the tray")
            onClicked: { section.settings.tray = !section.settings.tray; checked = Qt.binding(() => section.settings.tray) }
        }
    }
    Setting {
        query: section.query
        title: qsTr("Tell each track")
        explanation: qsTr("A notification when a track begins while the window is not looked at.")
        Switch {
            checked: section.settings.tellTracks
            Accessible.name: qsTr("Tell each track")
            onClicked: { section.settings.tellTracks = !section.settings.tellTracks; checked = Qt.binding(() => section.settings.tellTracks) }
        }
    }
    Setting {
        query: section.query
        title: qsTr("Marea %1").arg(section.settings.version)
        explanation: qsTr("Commit %1. Server %2. Free software under the GNU GPL, version 3 or later. Inter (OFL) and Lucide (ISC) are bundled.").arg(section.settings.commit).arg(section.app.session.serverVersion)
        Logo { size: 40 }
    }
    Setting {
        query: section.query
        stacked: true
        title: qsTr("Played by %1").arg(section.app.tuning.engine)
        explanation: section.app.tuning.reduced !== "" ? section.app.tuning.reduced : qsTr("It can do all that Marea offers.")
    }
}
