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
        title: qsTr("Marea %1").arg(section.settings.version)
        explanation: qsTr("Commit %1. Server %2. Free software under the GNU GPL, version 3 or later. Inter (OFL) and Lucide (ISC) are bundled.").arg(section.settings.commit).arg(section.app.session.serverVersion)
        Logo { size: 40 }
    }
}
