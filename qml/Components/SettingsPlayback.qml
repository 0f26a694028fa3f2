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
        stacked: true
        title: qsTr("Streaming quality")
        explanation: qsTr("The most of your connection that a film may take. Original sends the file as it is.")
        Choice {
            width: section.width
            options: section.settings.streamLimits
            value: section.settings.streamLimit
            onPicked: (value) => section.settings.streamLimit = value
        }
    }
    Setting {
        query: section.query
        stacked: true
        title: qsTr("Sound of films")
        explanation: qsTr("Even loudness makes films as loud as each other; night also keeps loud scenes down. The server encodes the sound anew for it.")
        Choice {
            width: section.width
            options: section.settings.soundProfiles
            value: section.settings.soundProfile
            onPicked: (value) => section.settings.soundProfile = value
        }
    }
}
